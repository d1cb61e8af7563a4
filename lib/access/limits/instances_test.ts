import { assert, assertEquals, assertRejects } from "@std/assert";
import type { RateLimits } from "../../shared/mod.ts";
import { silentLog } from "../../host/mod.ts";
import { FakeClock } from "../../host/testing.ts";
import { createCipher, keys, records, Store } from "../../store/mod.ts";
import { localPrincipal } from "../principal.ts";
import { RateLimiter, RateLimitError } from "./mod.ts";

interface Rig {
  store: Store;
  clock: FakeClock;
  /** Starts another instance on the same store. */
  start(): RateLimiter;
}

async function withStore(
  profile: RateLimits,
  shared: boolean,
  fn: (rig: Rig) => Promise<void>,
): Promise<void> {
  const cipher = createCipher(new Uint8Array(32));
  const store = new Store(await Deno.openKv(":memory:"), cipher, { encryptAll: false, shared });
  const clock = new FakeClock();
  const limiters: RateLimiter[] = [];
  const start = () => {
    const options = { store, clock, log: silentLog, keys: { limitsOf: () => undefined }, profile };
    const limiter = new RateLimiter(options);
    limiters.push(limiter);
    return limiter;
  };
  try {
    await fn({ store, clock, start });
  } finally {
    for (const limiter of limiters) await limiter.close();
    store.close();
  }
}

/** How many requests of one token are admitted until one is refused. */
async function exhaust(limiter: RateLimiter): Promise<number> {
  for (let count = 0;; count++) {
    try {
      (await limiter.begin(localPrincipal, 1, 0)).settle(1);
    } catch (error) {
      if (error instanceof RateLimitError) return count;
      throw error;
    }
  }
}

const left = (limiter: RateLimiter) =>
  Number(limiter.headers(localPrincipal)["x-ratelimit-remaining-requests"]);

for (const shared of [false, true]) {
  Deno.test(`a restart carries on${shared ? " with a shared store" : ""}`, () =>
    withStore({ requestsPerMinute: 60, tokensPerMinute: 600 }, shared, async ({ clock, start }) => {
      const first = start();
      assertEquals(await exhaust(first), 60);
      await first.close();
      await clock.advance(5_000);
      const second = start();
      assertEquals(await exhaust(second), 5);
      assertEquals(second.headers(localPrincipal)["x-ratelimit-remaining-tokens"], "585");
    }));
}

Deno.test("a process that is killed forgets no more than its last second", () =>
  withStore({ requestsPerMinute: 60 }, false, async ({ start }) => {
    const killed = start();
    for (let i = 0; i < 20; i++) (await killed.begin(localPrincipal, 1)).settle(1);
    await killed.flush();
    for (let i = 0; i < 10; i++) (await killed.begin(localPrincipal, 1)).settle(1);
    assertEquals(await exhaust(start()), 40);
  }));

Deno.test("what is used while the use is being stored is stored the next time", () =>
  withStore({ requestsPerMinute: 60 }, false, async ({ start, store }) => {
    const limiter = start();
    await limiter.begin(localPrincipal, 1);
    const flushing = limiter.flush();
    await limiter.begin(localPrincipal, 1);
    await flushing;
    await limiter.flush();
    const stored = await store.get(records.rateUse, keys.rateUse("local", undefined));
    assertEquals(stored?.value.requests, 2);
  }));

Deno.test("instances share a limit, but for what each admits within a second", () =>
  withStore({ requestsPerMinute: 60 }, true, async ({ start }) => {
    const [a, b] = [start(), start()];
    for (let i = 0; i < 20; i++) await a.begin(localPrincipal, 1);
    await a.flush();
    await b.begin(localPrincipal, 1);
    assertEquals(left(b), 39, "the first use reads what there is");
    for (let i = 0; i < 9; i++) await b.begin(localPrincipal, 1);
    await b.flush();
    await a.flush();
    assertEquals([left(a), left(b)], [30, 30]);
    assertEquals([await exhaust(a), await exhaust(b)], [30, 30], "the overshoot of one second");
    await Promise.all([a.flush(), b.flush()]);
    await Promise.all([a.flush(), b.flush()]);
    const refused = () => a.begin(localPrincipal, 1);
    assertEquals((await assertRejects(refused, RateLimitError)).retryAfter, 31, "which is waited for");
  }));

Deno.test("an instance that only watches learns of the others' use each second", () =>
  withStore({ requestsPerMinute: 60 }, true, async ({ clock, start }) => {
    const [a, b] = [start(), start()];
    await a.begin(localPrincipal, 1);
    await b.begin(localPrincipal, 1);
    await clock.advance(10_000);
    for (let i = 0; i < 30; i++) await a.begin(localPrincipal, 1);
    await clock.advance(1_000);
    await a.flush();
    await clock.advance(1_000);
    await b.flush();
    assertEquals(left(b), 32);
  }));

Deno.test("no use is lost or counted twice when many instances store at once", () =>
  withStore({ tokensPerMinute: 100_000 }, true, async ({ clock, start, store }) => {
    const limiters = Array.from({ length: 4 }, start);
    let used = 0;
    for (let round = 0; round < 10; round++) {
      for (const [i, limiter] of limiters.entries()) {
        const admission = await limiter.begin(localPrincipal, 500, 500);
        admission.settle(100 * (i + 1));
        used += 100 * (i + 1);
      }
      await Promise.all(limiters.map((limiter) => limiter.flush()));
    }
    for (let i = 0; i < 4; i++) for (const limiter of limiters) await limiter.flush();
    const stored = await store.get(records.rateUse, keys.rateUse("local", undefined));
    assertEquals(Math.round(stored?.value.tokens ?? 0), used);
    for (const limiter of limiters) {
      assertEquals(limiter.headers(localPrincipal)["x-ratelimit-remaining-tokens"], String(100_000 - used));
    }
    await clock.advance(30_000);
    for (const limiter of limiters) {
      assertEquals(limiter.headers(localPrincipal)["x-ratelimit-remaining-tokens"], "100000");
    }
  }));

Deno.test("a limit that another instance refunds is there for all", () =>
  withStore({ tokensPerMinute: 1_000 }, true, async ({ start }) => {
    const [a, b] = [start(), start()];
    const admission = await a.begin(localPrincipal, 100, 900);
    await a.flush();
    await assertRejects(() => b.begin(localPrincipal, 1, 0), RateLimitError);
    admission.settle(100);
    await a.flush();
    await b.flush();
    assert(await b.begin(localPrincipal, 900, 0));
  }));
