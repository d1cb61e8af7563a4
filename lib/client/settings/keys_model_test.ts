import { assertEquals } from "@std/assert";
import { FreshetError } from "../../shared/mod.ts";
import { KeysModel, type KeysModelOptions } from "./keys_model.ts";

const KEY = { id: "k1", name: "Editor", scopes: ["chat"], prefix: "fsh_abcd", createdAt: 0 };

function setUp(api: Partial<KeysModelOptions["api"]>) {
  const unexpected = () => Promise.reject(new Error("Nobody asked for this"));
  const errors: unknown[] = [];
  const model = new KeysModel({
    keys: [],
    made: null,
    confirming: null,
    problem: null,
    api: { createKey: unexpected, deleteKey: unexpected, ...api },
    onError: (error) => errors.push(error),
  });
  return { model, errors };
}

Deno.test("a new key is listed without its secret, which is shown until it is copied", async () => {
  const { model } = setUp({
    createKey: (name, scopes) => Promise.resolve({ ...KEY, name, scopes, secret: "fsh_abcdefgh" }),
  });
  assertEquals(await model.create("Editor", ["chat"]), true);
  assertEquals([model.keys.value, model.made.value?.secret], [[KEY], "fsh_abcdefgh"]);
});

Deno.test("a revoked key takes its secret along", async () => {
  const { model } = setUp({
    createKey: () => Promise.resolve({ ...KEY, secret: "fsh_abcdefgh" }),
    deleteKey: () => Promise.resolve(),
  });
  await model.create("Editor", ["chat"]);
  assertEquals([await model.delete("k1"), model.keys.value, model.made.value], [true, [], null]);
});

Deno.test("what is wrong with a new key stands at its form, what failed is told", async () => {
  const invalid = new FreshetError("invalid_request", "name: too long");
  const failed = new FreshetError("unreachable", "The server cannot be reached");
  const refused = setUp({ createKey: () => Promise.reject(invalid) });
  assertEquals(await refused.model.create("x", ["chat"]), false);
  assertEquals([refused.model.problem.value?.message, refused.errors], ["name: too long", []]);
  const away = setUp({ createKey: () => Promise.reject(failed) });
  assertEquals(await away.model.create("x", ["chat"]), false);
  assertEquals([away.model.problem.value, away.errors, away.model.creating.value], [null, [failed], false]);
});
