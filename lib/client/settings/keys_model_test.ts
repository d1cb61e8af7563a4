import { assertEquals } from "@std/assert";
import { FreshetError } from "../../shared/mod.ts";
import { KeysModel, type KeysModelOptions } from "./keys_model.ts";

const KEY = {
  id: "k1",
  name: "Editor",
  scopes: ["chat"],
  prefix: "fsh_abcd",
  createdAt: 0,
  continuesAnswers: false,
};

function setUp(api: Partial<KeysModelOptions["api"]>) {
  const unexpected = () => Promise.reject(new Error("Nobody asked for this"));
  const errors: unknown[] = [];
  const model = new KeysModel({
    keys: [],
    made: null,
    confirming: null,
    renewing: null,
    editing: null,
    problem: null,
    api: {
      createKey: unexpected,
      updateKey: unexpected,
      rotateKey: unexpected,
      deleteKey: unexpected,
      ...api,
    },
    onError: (error) => errors.push(error),
  });
  return { model, errors };
}

Deno.test("a new key is listed without its secret, which is shown until it is copied", async () => {
  const { model } = setUp({
    createKey: (name, scopes, options) =>
      Promise.resolve({ ...KEY, name, scopes, ...options, secret: "fsh_abcdefgh" }),
  });
  assertEquals(await model.create("Editor", ["chat"], { requestsPerMinute: 5 }), true);
  assertEquals([model.keys.value, model.made.value?.secret], [
    [{ ...KEY, requestsPerMinute: 5 }],
    "fsh_abcdefgh",
  ]);
});

Deno.test("a revoked key takes its secret along", async () => {
  const { model } = setUp({
    createKey: () => Promise.resolve({ ...KEY, secret: "fsh_abcdefgh" }),
    deleteKey: () => Promise.resolve(),
  });
  await model.create("Editor", ["chat"], {});
  assertEquals([await model.delete("k1"), model.keys.value, model.made.value], [true, [], null]);
});

Deno.test("what is wrong with a new key stands at its form, what failed is told", async () => {
  const invalid = new FreshetError("invalid_request", "name: too long");
  const failed = new FreshetError("unreachable", "The server cannot be reached");
  const refused = setUp({ createKey: () => Promise.reject(invalid) });
  assertEquals(await refused.model.create("x", ["chat"], {}), false);
  assertEquals([refused.model.problem.value?.message, refused.errors], ["name: too long", []]);
  const away = setUp({ createKey: () => Promise.reject(failed) });
  assertEquals(await away.model.create("x", ["chat"], {}), false);
  assertEquals([away.model.problem.value, away.errors, away.model.creating.value], [null, [failed], false]);
});

Deno.test("a changed key is in the list; what is wrong with the change stands at its form", async () => {
  const seen: unknown[] = [];
  const { model } = setUp({
    createKey: () => Promise.resolve({ ...KEY, secret: "fsh_abcdefgh" }),
    updateKey: (id, options) => {
      seen.push([id, options]);
      if (options.tokensPerMinute === -1) {
        return Promise.reject(new FreshetError("invalid_request", "tokensPerMinute: too small"));
      }
      return Promise.resolve({ ...KEY, ...options });
    },
  });
  await model.create("Editor", ["chat"], {});
  assertEquals(await model.save({ requestsPerMinute: 5 }), false, "no key is edited");
  model.edit("k1");
  assertEquals(await model.save({ tokensPerMinute: -1 }), false);
  assertEquals([model.editProblem.value?.code, model.problem.value, model.editing.value], [
    "invalid_request",
    null,
    "k1",
  ]);
  assertEquals(await model.save({ requestsPerMinute: 5, continuesAnswers: true }), true);
  assertEquals([model.keys.value, model.editing.value, model.saving.value], [
    [{ ...KEY, requestsPerMinute: 5, continuesAnswers: true }],
    null,
    false,
  ]);
  assertEquals(seen.length, 2);
});

Deno.test("what was not saved because the server is away can be saved again", async () => {
  const { model, errors } = setUp({ updateKey: () => Promise.reject(new FreshetError("unreachable", "")) });
  model.edit("k1");
  assertEquals(await model.save({}), false);
  assertEquals([errors.length, model.editing.value, model.saving.value], [1, "k1", false]);
});

Deno.test("a key's new secret is shown as that of a new key, and its row is as it is now", async () => {
  const { model, errors } = setUp({
    createKey: () => Promise.resolve({ ...KEY, secret: "fsh_abcdefgh" }),
    rotateKey: (id) => {
      if (id !== "k1") return Promise.reject(new FreshetError("not_found", "There is no such API key"));
      return Promise.resolve({ ...KEY, prefix: "fsh_wxyz", secret: "fsh_wxyz1234" });
    },
  });
  await model.create("Editor", ["chat"], {});
  model.renewing.value = "k1";
  assertEquals(await model.renew("k1"), true);
  assertEquals([model.made.value?.secret, model.keys.value[0]?.prefix, model.renewing.value], [
    "fsh_wxyz1234",
    "fsh_wxyz",
    null,
  ]);
  assertEquals([await model.renew("gone"), errors.length], [false, 1]);
});
