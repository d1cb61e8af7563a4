import { assert, assertEquals, assertRejects } from "@std/assert";
import type { RateLimits } from "../../shared/mod.ts";
import { createLog, type LogEntry, silentLog, sleep, systemClock } from "../../host/mod.ts";
import { FakeClock } from "../../host/testing.ts";
import { keys, openStore, records, type Store } from "../../store/mod.ts";
import { ApiKeys } from "../keys/mod.ts";
import { localPrincipal, type Principal } from "../principal.ts";
import { RateLimiter, RateLimitError } from "./mod.ts";

const MINUTE = 60_000;
const keyPrincipal: Principal = { ...localPrincipal, type: "key", keyId: "k1" };

interface Rig {
  store: Store;
  clock: FakeClock;
  /** The limits of keys; tests change them. */
  limits: Map<string, RateLimits>;
  limiter: RateLimiter;
}

async function withLimiter(
  limits: { key?: RateLimits; profile?: RateLimits },
  fn: (rig: Rig) => Promise<void>,
): Promise<void> {
  const store = await openStore({ folder: ":memory:" });
  const clock = new FakeClock();
  const known = new Map(limits.key ? [["k1", limits.key]] : []);
  const limiter = new RateLimiter({
    store,
    clock,
    log: silentLog,
    keys: { limitsOf: (id) => known.get(id) },
    profile: limits.profile ?? {},
  });
  try {
    await fn({ store, clock, limits: known, limiter });
  } finally {
    await limiter.close();
    store.close();
  }
}

async function refused(limiter: RateLimiter, principal: Principal, tokens = 1, max = 0) {
  return await assertRejects(() => limiter.begin(principal, tokens, max), RateLimitError);
}

Deno.test("without limits nothing is counted, told or stored", () =>
  withLimiter({ key: { requestsPerMinute: 0 } }, async ({ limiter, store }) => {
    for (const principal of [localPrincipal, keyPrincipal]) {
      const admission = await limiter.begin(principal, 1_000_000);
      admission.settle(1_000_000);
      assertEquals([admission.headers(), limiter.headers(principal)], [{}, {}]);
    }
    await limiter.flush();
    assertEquals(await Array.fromAsync(store.kv.list({ prefix: ["rate_use"] })), []);
  }));

Deno.test("an empty bucket refuses and says which and when; then it goes on", () =>
  withLimiter({ key: { requestsPerMinute: 2 } }, async ({ limiter, clock }) => {
    await limiter.begin(keyPrincipal, 10);
    await limiter.begin(keyPrincipal, 10);
    const error = await refused(limiter, keyPrincipal);
    assertEquals([error.code, error.status, error.retryAfter, error.dimension], [
      "rate_limited",
      429,
      30,
      "requests",
    ]);
    assertEquals(
      error.message,
      "The limit of requests per minute of this API key is reached: limit 2, used 2, requested 1",
    );
    assertEquals(error.hint, "Try again in 30s");
    await clock.advance(29_999);
    assertEquals((await refused(limiter, keyPrincipal)).retryAfter, 1);
    await clock.advance(1);
    await limiter.begin(keyPrincipal, 10);
  }));

Deno.test("a refused request takes nothing of any bucket", () =>
  withLimiter({ key: { requestsPerMinute: 100, tokensPerMinute: 100 } }, async ({ limiter }) => {
    await limiter.begin(keyPrincipal, 90, 0);
    const before = limiter.headers(keyPrincipal);
    for (let i = 0; i < 5; i++) assertEquals((await refused(limiter, keyPrincipal, 20)).dimension, "tokens");
    assertEquals(limiter.headers(keyPrincipal), before);
    await limiter.begin(keyPrincipal, 10, 0);
  }));

Deno.test("the estimate is corrected by what was used, once", () =>
  withLimiter({ key: { tokensPerMinute: 1_000 } }, async ({ limiter }) => {
    const left = () => Number(limiter.headers(keyPrincipal)["x-ratelimit-remaining-tokens"]);
    const admission = await limiter.begin(keyPrincipal, 100, 400);
    assertEquals(left(), 500);
    admission.settle(150);
    admission.settle(0);
    assertEquals(left(), 850);
    const failed = await limiter.begin(keyPrincipal, 100);
    assertEquals(left(), 494, "where no bound is given, an answer of usual length is taken");
    failed.settle(0);
    assertEquals(left(), 850);
    (await limiter.begin(keyPrincipal, 100, 0)).settle(2_000);
    assertEquals(left(), 0);
    assertEquals(
      (await refused(limiter, keyPrincipal)).retryAfter,
      70,
      "1,150 over the limit, and 1 to take",
    );
  }));

Deno.test("a large bound on the answer makes no request impossible, a large prompt does", () =>
  withLimiter({ key: { tokensPerMinute: 1_000 } }, async ({ limiter }) => {
    (await limiter.begin(keyPrincipal, 10, 32_768)).settle(20);
    const error = await refused(limiter, keyPrincipal, 1_001);
    assertEquals([error.retryAfter, error.dimension], [undefined, "tokens"]);
    assert(error.message.startsWith("The request is too large for the tokens per minute of this API key"));
  }));

Deno.test("key and profile both count, and the headers tell the tighter of each", () =>
  withLimiter({
    key: { requestsPerMinute: 10, tokensPerMinute: 6_000 },
    profile: { requestsPerMinute: 600, tokensPerMinute: 3_000 },
  }, async ({ limiter, limits }) => {
    limits.set("k2", { requestsPerMinute: 1_000 });
    const admission = await limiter.begin(keyPrincipal, 200, 100);
    assertEquals(admission.headers(), {
      "x-ratelimit-limit-requests": "10",
      "x-ratelimit-remaining-requests": "9",
      "x-ratelimit-reset-requests": "6s",
      "x-ratelimit-limit-tokens": "3000",
      "x-ratelimit-remaining-tokens": "2700",
      "x-ratelimit-reset-tokens": "6s",
    });
    await limiter.begin({ ...keyPrincipal, keyId: "k2" }, 2_600, 0);
    assertEquals(limiter.headers(keyPrincipal)["x-ratelimit-remaining-tokens"], "100");
    const error = await refused(limiter, localPrincipal, 200);
    assert(error.message.includes("of this Freshet"), "the person is under the profile's limits alone");
    await limiter.begin({ ...localPrincipal, profileId: "other" }, 2_600, 0);
  }));

Deno.test("of several reasons the one that lasts longest is told", () =>
  withLimiter({ key: { requestsPerMinute: 60 }, profile: { requestsPerMinute: 1 } }, async ({ limiter }) => {
    await limiter.begin(keyPrincipal, 1);
    assertEquals((await refused(limiter, keyPrincipal)).retryAfter, 60);
  }));

Deno.test("a prompt is measured only where tokens are limited", () =>
  withLimiter({ key: { requestsPerMinute: 5 } }, async ({ limiter, limits }) => {
    let measured = 0;
    const tokens = () => (measured++, 40);
    await limiter.begin(localPrincipal, tokens);
    await limiter.begin(keyPrincipal, tokens);
    assertEquals(measured, 0);
    limits.set("k1", { tokensPerMinute: 100 });
    await limiter.begin(keyPrincipal, tokens, 10);
    assertEquals([measured, limiter.headers(keyPrincipal)["x-ratelimit-remaining-tokens"]], [1, "50"]);
  }));

Deno.test("a limit that is changed counts for the next request", () =>
  withLimiter({ key: { requestsPerMinute: 1 } }, async ({ limiter, limits }) => {
    await limiter.begin(keyPrincipal, 1);
    await refused(limiter, keyPrincipal);
    limits.set("k1", { requestsPerMinute: 3 });
    await limiter.begin(keyPrincipal, 1);
    limits.set("k1", { requestsPerMinute: 2 });
    await refused(limiter, keyPrincipal);
    limits.set("k1", {});
    for (let i = 0; i < 10; i++) await limiter.begin(keyPrincipal, 1);
    assertEquals(limiter.headers(keyPrincipal), {});
  }));

Deno.test("requests that begin at the same time share the first read and the bucket", () =>
  withLimiter({ key: { requestsPerMinute: 3 } }, async ({ limiter }) => {
    const results = await Promise.allSettled(Array.from({ length: 8 }, () => limiter.begin(keyPrincipal, 1)));
    assertEquals(results.filter(({ status }) => status === "fulfilled").length, 3);
  }));

Deno.test("the timer stores once a second while something changed, and ends when nobody asks", () =>
  withLimiter({ key: { requestsPerMinute: 60 } }, async ({ limiter, clock, store }) => {
    const key = keys.rateUse("local", "k1");
    const stamp = async () => (await store.kv.get(key)).versionstamp;
    /** Waits for what a tick of the timer writes. */
    const written = async (before: string | null) => {
      for (let i = 0; i < 500 && await stamp() === before; i++) await sleep(systemClock, 1);
      return await stamp();
    };
    (await limiter.begin(keyPrincipal, 1)).settle(1);
    await clock.advance(999);
    assertEquals(await stamp(), null);
    await clock.advance(1);
    const first = await written(null);
    assert(first);
    assertEquals((await store.get(records.rateUse, key))?.value.requests, 0, "refilled meanwhile");
    await clock.advance(3_000);
    await limiter.flush();
    assertEquals(await stamp(), first, "nothing is written where nothing changed");
    (await limiter.begin(keyPrincipal, 1)).settle(1);
    await clock.advance(1_000);
    assert(await written(first) !== first);
    await clock.advance(MINUTE);
    await limiter.flush();
    await clock.advance(1_000);
    assertEquals(limiter.headers(keyPrincipal), {}, "it is forgotten");
    assertEquals(clock.timers, 0);
  }));

Deno.test("a store that fails turns nobody away, and is told of once", async () => {
  const store = await openStore({ folder: ":memory:" });
  const entries: LogEntry[] = [];
  const limiter = new RateLimiter({
    store,
    clock: new FakeClock(),
    log: createLog((entry) => entries.push(entry)),
    keys: { limitsOf: () => undefined },
    profile: { requestsPerMinute: 1 },
  });
  store.close();
  await limiter.begin(localPrincipal, 1);
  await refused(limiter, localPrincipal);
  await limiter.flush();
  await limiter.flush();
  assertEquals(entries.map(({ level }) => level), ["warn", "warn"]);
  await limiter.close();
});

Deno.test("what a key caused before a restart is held to its limits after it, though nobody has shown the key", async () => {
  const store = await openStore({ folder: ":memory:" });
  const clock = new FakeClock();
  const limits = { requestsPerMinute: 1 };
  const { id } = await new ApiKeys(store).create(localPrincipal, "editor", ["chat"], limits);
  const restarted = new ApiKeys(store);
  const limiter = new RateLimiter({ store, clock, log: silentLog, keys: restarted, profile: {} });
  const principal = { ...keyPrincipal, keyId: id };
  await limiter.begin(principal, 1);
  await refused(limiter, principal);
  // Nothing is read any more, and a change is learnt as of any key.
  assertEquals(restarted.learn(principal), undefined);
  await restarted.update(localPrincipal, id, { requestsPerMinute: 5 });
  await limiter.begin(principal, 1);
  // One that is gone has no limits; what it began before goes on.
  await limiter.begin({ ...keyPrincipal, keyId: "gone" }, 1);
  await limiter.close();
  store.close();
});
