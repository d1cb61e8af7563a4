import { assert, assertEquals, assertRejects } from "@std/assert";
import { FreshetError } from "../../shared/mod.ts";
import { FakeClock } from "../../host/testing.ts";
import { createCipher, openStore, Store } from "../../store/mod.ts";
import { ApiKeys, localPrincipal, Revocations } from "../mod.ts";

const HOUR = 3_600_000;

async function withKeys(
  fn: (apiKeys: ApiKeys, clock: FakeClock, revocations: Revocations) => Promise<void>,
): Promise<void> {
  const store = await openStore({ folder: ":memory:" });
  const clock = new FakeClock();
  try {
    const revocations = new Revocations();
    await fn(new ApiKeys(store, { revocations, clock }), clock, revocations);
    assertEquals(clock.timers, 0);
  } finally {
    store.close();
  }
}

const keyOf = (id: string) => ({ ...localPrincipal, type: "key" as const, keyId: id });

Deno.test("a key works until its end and not at it, and says so", () =>
  withKeys(async (apiKeys, clock) => {
    const expiresAt = clock.now() + HOUR;
    const { secret, id } = await apiKeys.create(localPrincipal, "k", ["chat"], { expiresAt });
    assert(await apiKeys.verify(secret));
    await clock.advance(HOUR - 1);
    assert(await apiKeys.verify(secret));
    await clock.advance(1);
    const error = await assertRejects(() => apiKeys.verify(secret), FreshetError);
    assertEquals([error.code, error.message], [
      "unauthorized",
      "This API key expired on 2023-11-14 23:13 UTC",
    ]);
    await apiKeys.update(localPrincipal, id, { expiresAt: clock.now() + HOUR });
    assert(await apiKeys.verify(secret), "a later date opens it again");
    const { expiresAt: none } = await apiKeys.update(localPrincipal, id, { expiresAt: 0 });
    assertEquals(none, undefined);
    await clock.advance(1_000 * HOUR);
    assert(await apiKeys.verify(secret));
    const past = { expiresAt: clock.now() };
    const refusal = await assertRejects(
      () => apiKeys.create(localPrincipal, "k", ["chat"], past),
      FreshetError,
    );
    assertEquals(refusal.field, "expiresAt");
  }));

Deno.test("what is open ends at the moment at which its key does, however far that is and wherever it is moved", () =>
  withKeys(async (apiKeys, clock, revocations) => {
    const { secret, id } = await apiKeys.create(localPrincipal, "k", ["chat"], {
      expiresAt: clock.now() + 1_000 * HOUR,
    });
    await apiKeys.verify(secret);
    const ended: string[] = [];
    const open = (name: string) => {
      const calledOff = revocations.on(keyOf(id), () => (ended.push(name), calledOff()));
      return calledOff;
    };
    open("a");
    open("left")();
    await clock.advance(1_000 * HOUR - 1);
    assertEquals(ended, []);
    await clock.advance(1);
    assertEquals(ended, ["a"]);
    await apiKeys.update(localPrincipal, id, { expiresAt: clock.now() + 10 * HOUR });
    open("b");
    await apiKeys.update(localPrincipal, id, { expiresAt: clock.now() + HOUR });
    await clock.advance(HOUR);
    assertEquals(ended, ["a", "b"]);
    await apiKeys.update(localPrincipal, id, { expiresAt: clock.now() + HOUR });
    const leave = open("c");
    await apiKeys.update(localPrincipal, id, { expiresAt: 0 });
    await clock.advance(100 * HOUR);
    leave();
    assertEquals(ended, ["a", "b"]);
  }));

Deno.test("a new secret takes the place of the old one at once, and all else of the key stays", () =>
  withKeys(async (apiKeys, _clock, revocations) => {
    const made = await apiKeys.create(localPrincipal, "k", ["chat"], { budgets: { day: { tokens: 5 } } });
    await apiKeys.verify(made.secret);
    const ended: string[] = [];
    const calledOff = revocations.on(keyOf(made.id), () => ended.push("old"));
    const { secret, ...rotated } = await apiKeys.rotate(localPrincipal, made.id);
    assertEquals([await apiKeys.verify(made.secret), ended], [null, ["old"]]);
    calledOff();
    const principal = await apiKeys.verify(secret);
    assertEquals([principal?.keyId, apiKeys.budgetsOf(made.id)?.budgets], [made.id, { day: { tokens: 5 } }]);
    assertEquals([rotated.name, rotated.budgets, rotated.createdAt, secret.startsWith(rotated.prefix)], [
      made.name,
      made.budgets,
      made.createdAt,
      true,
    ]);
    assert(principal);
    for (const stranger of [principal, { ...localPrincipal, profileId: "stranger" }]) {
      await assertRejects(() => apiKeys.rotate(stranger, made.id), FreshetError);
    }
  }));

Deno.test("what is open here ends with a new secret or an earlier end from another instance", async () => {
  const kv = await Deno.openKv(":memory:");
  const store = new Store(kv, createCipher(new Uint8Array(32)), { encryptAll: false, shared: true });
  const clock = new FakeClock();
  const told: string[] = [];
  const revocations = new Revocations();
  const here = new ApiKeys(store, { revocations, clock });
  const elsewhere = new ApiKeys(store, { onRevoke: (profileId) => void told.push(profileId), clock });
  const ended: string[] = [];
  const open = async (name: string) => {
    const { id, secret } = await here.create(localPrincipal, name, ["chat"]);
    await here.verify(secret);
    const calledOff = revocations.on(keyOf(id), () => (ended.push(name), calledOff()));
    return { id, calledOff };
  };
  const [rotated, shortened, kept] = [await open("rotated"), await open("shortened"), await open("kept")];
  const { secret } = await elsewhere.rotate(localPrincipal, rotated.id);
  await elsewhere.update(localPrincipal, shortened.id, { expiresAt: clock.now() + HOUR });
  await elsewhere.update(localPrincipal, kept.id, { requestsPerMinute: 3 });
  assertEquals(told, ["local", "local"]);
  await here.changedElsewhere("local");
  assertEquals(ended, ["rotated"]);
  assert(await here.verify(secret));
  await clock.advance(HOUR);
  assertEquals(ended, ["rotated", "shortened"]);
  kept.calledOff();
  assertEquals(clock.timers, 0);
  store.close();
});
