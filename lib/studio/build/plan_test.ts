import { assertEquals } from "@std/assert";
import { isLarge, readPlan } from "./plan.ts";

Deno.test("a plan is read out of an answer, whatever stands around it", () => {
  const { files, summary, text } = readPlan(
    "<think>- not.ts: this</think>Sure.\n\n### PLAN\n- main.ts: the app\n* `routes/notes.ts` — the routes\n1. **notes_test.ts**\n- ../evil.ts: no\n- no file at all\n\nTITLE: Notes\n### END\n",
  );
  assertEquals(files, [
    { path: "main.ts", purpose: "the app" },
    { path: "routes/notes.ts", purpose: "the routes" },
    { path: "notes_test.ts", purpose: "" },
  ]);
  assertEquals(text.split("\n")[0], "- main.ts: the app");
  assertEquals(summary, "Sure.\n\n- ../evil.ts: no\n- no file at all\n\nTITLE: Notes");
});

Deno.test("long requests and lists are large", () => {
  assertEquals([isLarge("A todo list"), isLarge("x".repeat(300)), isLarge("- a\n- b\n- c\n- d\n- e")], [
    false,
    true,
    true,
  ]);
});
