import { assertEquals } from "@std/assert";
import { FreshetError, type ModelAlias } from "../../shared/mod.ts";
import { AliasList, type AliasListOptions } from "./alias_list.ts";

const fast: ModelAlias = { name: "fast", models: ["qwen3:8b", "gpt-4o-mini"], origin: "manual" };

function setUp(api: Partial<AliasListOptions["api"]> = {}) {
  const unexpected = () => Promise.reject(new Error("Nobody asked for this"));
  const errors: unknown[] = [];
  const list = new AliasList({
    aliases: [fast],
    draft: { name: "", models: "" },
    problem: null,
    api: { aliases: unexpected, setAlias: unexpected, deleteAlias: unexpected, ...api },
    onError: (error) => errors.push(error),
  });
  return { list, errors, names: () => list.aliases.value.map(({ name }) => name) };
}

Deno.test("a chain is written line by line or by choosing, saved in its order, and the form is empty again", async () => {
  const sent: [string, readonly string[]][] = [];
  const { list, names } = setUp({
    setAlias: (name, models) => {
      sent.push([name, models]);
      return Promise.resolve({ name, models: [...models], origin: "manual" });
    },
  });
  list.change({ name: " best ", models: "llama3.2 \n\n" });
  list.addModel("gpt-4o");
  list.addModel("gpt-4o");
  assertEquals(await list.save(), true);
  assertEquals(sent, [["best", ["llama3.2", "gpt-4o"]]]);
  assertEquals([names(), list.draft.value], [["best", "fast"], { name: "", models: "" }]);
});

Deno.test("an alias is changed in place", async () => {
  const { list, names } = setUp({
    setAlias: (name, models) => Promise.resolve({ name, models: [...models], origin: "manual" }),
  });
  list.edit(fast);
  assertEquals(list.draft.value, { name: "fast", models: "qwen3:8b\ngpt-4o-mini" });
  list.change({ models: "gpt-4o-mini, qwen3:8b" });
  await list.save();
  assertEquals([names(), list.aliases.value[0]?.models], [["fast"], ["gpt-4o-mini", "qwen3:8b"]]);
});

Deno.test("what is refused stays in the form, with the reason; what fails is told", async () => {
  const failures = [
    new FreshetError("invalid_request", "A name has letters", { field: "name" }),
    new FreshetError("unreachable", "The server cannot be reached"),
  ];
  const { list, errors, names } = setUp({ setAlias: () => Promise.reject(failures.shift()) });
  list.change({ name: "?", models: "m" });
  assertEquals(await list.save(), false);
  assertEquals([list.problem.value?.field, list.draft.value.name, names()], ["name", "?", ["fast"]]);
  list.change({ name: "ok" });
  assertEquals([list.problem.value, await list.save(), errors.length, list.saving.value], [
    null,
    false,
    1,
    false,
  ]);
});

Deno.test("a removed alias goes; one of the configuration that it stood over comes back", async () => {
  const fixed: ModelAlias = { name: "fast", models: ["m"], origin: "config" };
  const { list } = setUp({ deleteAlias: () => Promise.resolve(), aliases: () => Promise.resolve([fixed]) });
  assertEquals([await list.remove("fast"), list.aliases.value], [true, [fixed]]);
});
