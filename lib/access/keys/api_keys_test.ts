import { assert, assertEquals, assertRejects } from "@std/assert";
import { FreshetError } from "../../shared/mod.ts";
import { createCipher, keys, openStore, recordType, Store } from "../../store/mod.ts";
import { ApiKeys, localPrincipal } from "../mod.ts";

/** SHA-256 of "fsh_old". */
const HASH_OF_OLD = "d967a9b70e1ab897ab4fc843b36b356b29e799ff26aa16836863cac44ba18e30";

const memory = () => openStore({ folder: ":memory:" });

Deno.test("a key's limits are known once it was shown, and change at once", async () => {
  const store = await memory();
  const apiKeys = new ApiKeys(store);
  const made = await apiKeys.create(localPrincipal, "editor", ["chat"], { requestsPerMinute: 5 });
  assertEquals([made.requestsPerMinute, "tokensPerMinute" in made], [5, false]);
  assertEquals(apiKeys.limitsOf(made.id), undefined);
  await apiKeys.verify(made.secret);
  assertEquals(apiKeys.limitsOf(made.id)?.requestsPerMinute, 5);

  const changed = await apiKeys.update(localPrincipal, made.id, { tokensPerMinute: 900 });
  assertEquals([changed.requestsPerMinute, changed.tokensPerMinute, changed.name], [5, 900, "editor"]);
  assertEquals(apiKeys.limitsOf(made.id), { requestsPerMinute: 5, tokensPerMinute: 900 });
  assertEquals("hash" in changed || "profileId" in changed, false);
  await apiKeys.update(localPrincipal, made.id, { requestsPerMinute: 0 });
  assertEquals(apiKeys.limitsOf(made.id), { tokensPerMinute: 900 });
  await apiKeys.verify(made.secret);
  assertEquals(apiKeys.limitsOf(made.id)?.tokensPerMinute, 900);

  const [listed] = await new ApiKeys(store).list(localPrincipal);
  assertEquals([listed?.requestsPerMinute, listed?.tokensPerMinute], [undefined, 900]);
  assert(listed?.lastUsedAt, "changing the limits keeps when it was used");
  await apiKeys.delete(localPrincipal, made.id);
  assertEquals(apiKeys.limitsOf(made.id), undefined);
  store.close();
});

Deno.test("only an administrator of the profile changes limits", async () => {
  const store = await memory();
  const apiKeys = new ApiKeys(store);
  const { id, secret } = await apiKeys.create(localPrincipal, "editor", ["chat"], { requestsPerMinute: 5 });
  const principal = await apiKeys.verify(secret);
  assert(principal);
  const own = await assertRejects(() => apiKeys.update(principal, id, {}), FreshetError);
  assertEquals(own.code, "forbidden");
  const stranger = { ...localPrincipal, profileId: "stranger" };
  const foreign = await assertRejects(() => apiKeys.update(stranger, id, {}), FreshetError);
  assertEquals([foreign.code, apiKeys.limitsOf(id)?.requestsPerMinute], ["not_found", 5]);
  store.close();
});

Deno.test("no key gets by another one what it lacks itself: scopes, or a way around its end and limits", async () => {
  const store = await memory();
  const apiKeys = new ApiKeys(store);
  const principalOf = async ({ secret }: { secret: string }) => {
    const principal = await apiKeys.verify(secret);
    assert(principal);
    return principal;
  };
  const codeOf = async (work: Promise<unknown>) => (await assertRejects(() => work, FreshetError)).code;
  const all = await apiKeys.create(localPrincipal, "all", ["chat", "admin"]);
  const clerk = await apiKeys.create(localPrincipal, "clerk", ["chat", "account"]);
  const asClerk = await principalOf(clerk);
  assertEquals(await codeOf(apiKeys.rotate(asClerk, all.id)), "forbidden");
  assert(await apiKeys.verify(all.secret), "the other key is as it was");
  assert((await apiKeys.rotate(asClerk, clerk.id)).secret);
  assert((await apiKeys.rotate(await principalOf(all), clerk.id)).secret);
  for (const options of [{ expiresAt: Date.now() + 60_000 }, { budgets: { day: { tokens: 5 } } }]) {
    const limited = await apiKeys.create(localPrincipal, "limited", ["chat", "account"], options);
    const principal = await principalOf(limited);
    assertEquals(await codeOf(apiKeys.create(principal, "free", ["chat"])), "forbidden");
    assertEquals(await codeOf(apiKeys.update(principal, limited.id, { expiresAt: 0 })), "forbidden");
    assertEquals(await codeOf(apiKeys.rotate(principal, clerk.id)), "forbidden");
    await apiKeys.delete(principal, limited.id);
  }
  store.close();
});

Deno.test("noting a key's use brings back no older limits, and a change is not lost to it", async () => {
  const store = await memory();
  const [here, elsewhere] = [new ApiKeys(store), new ApiKeys(store)];
  const { id, secret } = await here.create(localPrincipal, "editor", ["chat"]);
  await Promise.all([
    here.verify(secret),
    elsewhere.verify(secret),
    here.update(localPrincipal, id, { requestsPerMinute: 7 }),
    elsewhere.update(localPrincipal, id, { tokensPerMinute: 70 }),
  ]);
  const [listed] = await here.list(localPrincipal);
  assertEquals([listed?.requestsPerMinute, listed?.tokensPerMinute], [7, 70]);
  store.close();
});

Deno.test("with a shared store a change by another instance counts for the next request", async () => {
  const kv = await Deno.openKv(":memory:");
  const store = new Store(kv, createCipher(new Uint8Array(32)), { encryptAll: false, shared: true });
  const [here, elsewhere] = [new ApiKeys(store), new ApiKeys(store)];
  const { id, secret } = await here.create(localPrincipal, "editor", ["chat"]);
  await here.verify(secret);
  await elsewhere.update(localPrincipal, id, { requestsPerMinute: 7 });
  await here.verify(secret);
  assertEquals(here.limitsOf(id)?.requestsPerMinute, 7);
  store.close();
});

Deno.test("whether answers are gone on with is the key's to say, and changes at once", async () => {
  const store = await memory();
  const apiKeys = new ApiKeys(store);
  const plain = await apiKeys.create(localPrincipal, "plain", ["chat"]);
  const going = await apiKeys.create(localPrincipal, "going", ["chat"], { continuesAnswers: true });
  const said = async ({ secret }: { secret: string }) => (await apiKeys.verify(secret))?.continuesAnswers;
  assertEquals([plain.continuesAnswers, going.continuesAnswers], [false, true]);
  assertEquals([await said(plain), await said(going)], [false, true]);

  await apiKeys.update(localPrincipal, going.id, { requestsPerMinute: 5 });
  assertEquals(await said(going), true, "a change of the limits leaves it");
  await apiKeys.update(localPrincipal, going.id, { continuesAnswers: false });
  await apiKeys.update(localPrincipal, plain.id, { continuesAnswers: true });
  assertEquals([await said(plain), await said(going)], [true, false]);
  const listed = await apiKeys.list(localPrincipal);
  assertEquals(
    listed.map(({ name, continuesAnswers, requestsPerMinute }) => [
      name,
      continuesAnswers,
      requestsPerMinute,
    ]),
    [["plain", true, undefined], ["going", false, 5]],
  );
  store.close();
});

Deno.test("a key of before there were limits and options has none", async () => {
  const store = await memory();
  const record = { id: "k", profileId: "local", name: "old", scopes: ["chat"], prefix: "fsh_", createdAt: 1 };
  const bytes = store.encode(recordType("API key", 1), { ...record, hash: HASH_OF_OLD });
  await store.kv.set(keys.apiKey("local", "k"), bytes);
  await store.kv.set(keys.apiKeyByHash(HASH_OF_OLD), bytes);
  const apiKeys = new ApiKeys(store);
  assertEquals(await apiKeys.list(localPrincipal), [{
    id: "k",
    name: "old",
    scopes: ["chat"],
    prefix: "fsh_",
    createdAt: 1,
    continuesAnswers: false,
  }]);
  assertEquals((await apiKeys.verify("fsh_old"))?.continuesAnswers, false);
  assertEquals((await apiKeys.update(localPrincipal, "k", { tokensPerMinute: 3 })).tokensPerMinute, 3);
  store.close();
});
