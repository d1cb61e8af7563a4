import { assert, assertEquals, assertThrows } from "@std/assert";
import type { Budgets, SystemAlert } from "../../shared/mod.ts";
import { silentLog } from "../../host/mod.ts";
import { FakeClock } from "../../host/testing.ts";
import { createCipher, keys, Store } from "../../store/mod.ts";
import { localPrincipal } from "../principal.ts";
import { addSpend, BudgetError, KEY_SPEND, KeyBudgets, noSpend, spentIn } from "./mod.ts";

const NOON = Date.UTC(2026, 10, 21, 12);
const key = { ...localPrincipal, type: "key" as const, keyId: "k" };

interface Rig {
  clock: FakeClock;
  store: Store;
  alerts: SystemAlert[];
  /** Starts another instance on the same store. */
  start(): KeyBudgets;
  /** Books as the ledger does, and tells an instance. */
  book(instance: KeyBudgets, costNano: number, tokens?: number): Promise<void>;
}

async function withBudgets(budgets: Budgets, fn: (rig: Rig) => Promise<void>, shared = false): Promise<void> {
  const kv = await Deno.openKv(":memory:");
  const store = new Store(kv, createCipher(new Uint8Array(32)), { encryptAll: false, shared });
  const clock = new FakeClock(NOON);
  const alerts: SystemAlert[] = [];
  const started: KeyBudgets[] = [];
  const at = keys.apiKeySpend("local", "k");
  try {
    await fn({
      clock,
      store,
      alerts,
      start() {
        const instance = new KeyBudgets({
          store,
          clock,
          log: silentLog,
          keys: { budgetsOf: (id) => id === "k" ? { name: "Editor", budgets } : undefined },
          onAlert: (_profileId, alert) => alerts.push(alert),
        });
        started.push(instance);
        return instance;
      },
      async book(instance, costNano, tokens = 0) {
        const sum = (await store.get(KEY_SPEND, at))?.value ?? noSpend();
        const added = noSpend();
        for (const spend of [sum, added]) addSpend(spend, clock.now(), { costNano, tokens });
        const { versionstamp } = await kv.set(at, store.encode(KEY_SPEND, sum));
        instance.booked([{ profileId: "local", keyId: "k", added, sum, versionstamp }]);
      },
    });
  } finally {
    for (const instance of started) await instance.close();
    store.close();
  }
}

const refused = (budgets: KeyBudgets) => assertThrows(() => void budgets.check(key), BudgetError);

Deno.test("a key without budgets and a person are never asked about", () =>
  withBudgets({ day: { tokens: 1 } }, async ({ start, book }) => {
    const budgets = start();
    await book(budgets, 0, 5);
    assertEquals(budgets.check(localPrincipal), undefined);
    assertEquals(budgets.check({ ...key, keyId: "other" }), undefined);
  }));

Deno.test("a spent budget refuses without waiting, says when it begins anew, and does at midnight UTC", () =>
  withBudgets({ day: { costNano: 1_500_000_000 } }, async ({ clock, start, book }) => {
    const budgets = start();
    await budgets.check(key);
    await book(budgets, 1_499_999_999);
    assertEquals(budgets.check(key), undefined, "a lookup in memory");
    await book(budgets, 1);
    const error = refused(budgets);
    assertEquals([error.code, error.status, error.retryAfter], ["insufficient_quota", 429, 12 * 3_600]);
    assertEquals(error.message, "The budget of this API key for today is spent: $1.50 of $1.50");
    assertEquals(error.hint, "It begins anew at 2026-11-22 00:00 UTC; it can be raised in Settings");
    await clock.advance(12 * 3_600_000 - 1);
    assertEquals(refused(budgets).retryAfter, 1);
    await clock.advance(1);
    budgets.check(key);
  }));

Deno.test("all budgets hold, tokens and money, and the one that lasts longest is told", () =>
  withBudgets(
    { day: { tokens: 10 }, month: { tokens: 100, costNano: 5 }, total: { tokens: 20 } },
    async ({ clock, start, book }) => {
      const budgets = start();
      await budgets.check(key);
      await book(budgets, 0, 10);
      assertEquals([refused(budgets).period, refused(budgets).retryAfter], ["day", 12 * 3_600]);
      await book(budgets, 5);
      assertEquals(refused(budgets).period, "month");
      await book(budgets, 0, 10);
      const { period, retryAfter, message } = refused(budgets);
      assertEquals([period, retryAfter], ["total", undefined]);
      assertEquals(message, "The budget of this API key in all is spent: 20 tokens of 20 tokens");
      await clock.advance(365 * 24 * 3_600_000);
      assertEquals(refused(budgets).period, "total");
    },
  ));

Deno.test("a restart goes on with what was spent", () =>
  withBudgets({ day: { tokens: 10 } }, async ({ start, book }) => {
    await book(start(), 0, 10);
    const loading = start().check(key);
    assert(loading);
    const error = await loading.then(() => undefined, (error) => error);
    assert(error instanceof BudgetError);
  }));

Deno.test("a read that the ledger's word overtakes brings back no older sum", () =>
  withBudgets({ day: { tokens: 10 } }, async ({ start, book, store }) => {
    const budgets = start();
    await book(budgets, 0, 5);
    const held = Promise.withResolvers<void>();
    const getMany = store.getMany.bind(store);
    store.getMany = async (type, list) => {
      const found = await getMany(type, list);
      await held.promise;
      return found;
    };
    const loading = budgets.check(key);
    await new Promise((resolve) => setTimeout(resolve, 5));
    await book(budgets, 0, 5);
    held.resolve();
    const error = await Promise.resolve(loading).then(() => undefined, (error) => error);
    assert(error instanceof BudgetError);
  }));

Deno.test("80 % and the end of a budget are told once each, across a restart and again the next day", () =>
  withBudgets({ day: { tokens: 100 } }, async ({ clock, start, book, alerts }) => {
    let budgets = start();
    const told = () => alerts.splice(0).map(({ figure, host, value, above }) => [figure, host, value, above]);
    await book(budgets, 0, 79);
    assertEquals(told(), []);
    await book(budgets, 0, 2);
    assertEquals(told(), [["budget", "Editor", 81, 80]]);
    budgets = start();
    await book(budgets, 0, 5);
    assertEquals(told(), []);
    await book(budgets, 0, 20);
    assertEquals(told(), [["budget", "Editor", 106, 100]]);
    await clock.advance(24 * 3_600_000);
    await book(budgets, 0, 150);
    assertEquals(told(), [["budget", "Editor", 150, 100]]);
  }));

Deno.test("two instances on one store go beyond a budget by what one admits in a second at most", () =>
  withBudgets({ day: { tokens: 100 } }, async ({ clock, start, book, store }) => {
    const [a, b] = [start(), start()];
    let admitted = 0;
    const call = async (instance: KeyBudgets) => {
      try {
        await instance.check(key);
      } catch (error) {
        if (error instanceof BudgetError) return;
        throw error;
      }
      admitted++;
      await book(instance, 0, 10);
    };
    // Ten calls a second at each.
    for (let tick = 0; tick < 40; tick++) {
      await call(a);
      await call(b);
      await clock.advance(100);
    }
    assert(admitted >= 10 && admitted <= 10 + 10, `${admitted} calls were admitted`);
    const stored = (await store.get(KEY_SPEND, keys.apiKeySpend("local", "k")))?.value;
    assertEquals(spentIn(stored, "day", clock.now()).tokens, admitted * 10);
    refused(a);
    refused(b);
    for (let second = 0; second < 62; second++) await clock.advance(1_000);
    assertEquals(clock.timers, 0, "nobody is looked after any more");
  }, true));
