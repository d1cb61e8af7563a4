import { assertEquals } from "@std/assert";
import { FreshetError } from "../shared/mod.ts";
import { Submission } from "./submission.ts";

function submission() {
  const failures: unknown[] = [];
  return { failures, form: new Submission({ problem: null, onError: (error) => failures.push(error) }) };
}

Deno.test("a form is sent once at a time", async () => {
  const { form } = submission();
  const gate = Promise.withResolvers<void>();
  const first = form.send(() => gate.promise);
  assertEquals(form.busy.value, true);
  assertEquals(await form.send(() => Promise.reject(new Error("is not called"))), false);
  gate.resolve();
  assertEquals([await first, form.busy.value], [true, false]);
});

Deno.test("what the server says against the form stands beside it until it is written in or sent again", async () => {
  const { form, failures } = submission();
  const refused = new FreshetError("invalid_request", "Too long", { field: "name" });
  assertEquals(await form.send(() => Promise.reject(refused)), false);
  assertEquals([form.problem.value?.field, failures], ["name", []]);
  form.begin();
  assertEquals(form.problem.value, null);
  await form.send(() => Promise.reject(refused));
  assertEquals(await form.send(() => Promise.resolve()), true);
  assertEquals(form.problem.value, null);
});

Deno.test("what is not of the form is told of", async () => {
  const { form, failures } = submission();
  const down = new FreshetError("internal", "Something went wrong");
  assertEquals(await form.send(() => Promise.reject(down)), false);
  assertEquals([form.problem.value, failures], [null, [down]]);
});
