import { assert, assertEquals } from "@std/assert";
import { seededRandom } from "../../../tests/random.ts";
import { silentLog } from "../../host/mod.ts";
import { FakeClock } from "../../host/testing.ts";
import { localPrincipal as me } from "../../access/mod.ts";
import { openStore, type Store } from "../../store/mod.ts";
import { Ledger, type LedgerRow, rebuildRollups, rebuildWhereOld, UsageReports } from "../mod.ts";
import { randomCall } from "../testing.ts";
import { addRow, emptyRollup, mergeRollup, type Rollup } from "./rollup.ts";

const START = Date.UTC(2026, 0, 5);
const DAY = 86_400_000;

async function withStore(fn: (store: Store, ledgerOf: () => Ledger) => Promise<void>): Promise<void> {
  const store = await openStore({ folder: ":memory:" });
  const ledgers: Ledger[] = [];
  try {
    await fn(store, () => {
      const ledger = new Ledger({ store, clock: new FakeClock(), log: silentLog });
      ledgers.push(ledger);
      return ledger;
    });
  } finally {
    for (const ledger of ledgers) await ledger.flush();
    store.close();
  }
}

function reportsOf(store: Store): UsageReports {
  return new UsageReports({ store, clock: new FakeClock(START + 100 * DAY), log: silentLog });
}

async function sumsOf(store: Store): Promise<unknown[]> {
  const sums: unknown[] = [];
  for (const prefix of ["ledger_rollup", "ledger_page"]) {
    for await (const { key, value } of store.kv.list<Uint8Array>({ prefix: [prefix] })) {
      const json = store.codec.decode({ name: "any", schema: 1 }, value);
      sums.push([key.join(" "), sorted(json)]);
    }
  }
  return sums;
}

/** With keys in order: which value came first is no matter. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value) || typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, sorted(item)] as const);
  return entries.sort(([a], [b]) => a.localeCompare(b));
}

function calls(seed: number, count: number, days: number) {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => randomCall(random, START + Math.floor(random() * days * DAY)));
}

async function total(store: Store, days = 40) {
  const report = await reportsOf(store).report(me, {
    from: START,
    to: START + days * DAY,
    zone: "UTC",
  });
  return report.total;
}

Deno.test("sums that were made apart and merged are those that were made together", () => {
  const rows = calls(3, 300, 1).map((call): LedgerRow => ({ ...call, costNano: 5, priceVersion: 1 }));
  const sum = (rows: readonly LedgerRow[]): Rollup => {
    const rollup = emptyRollup();
    for (const row of rows) addRow(rollup, row, "day");
    return rollup;
  };
  const [a, b, c] = [rows.slice(0, 90), rows.slice(90, 200), rows.slice(200)];
  const left = sum(a);
  mergeRollup(left, sum(b), true);
  mergeRollup(left, sum(c), true);
  const right = sum(b);
  mergeRollup(right, sum(c), true);
  const outer = sum(a);
  mergeRollup(outer, right, true);
  assertEquals(sorted(left), sorted(sum(rows)));
  assertEquals(sorted(outer), sorted(sum(rows)));
});

Deno.test("several ledgers on one store lose nothing of each other, and rebuilding gives the same", () =>
  withStore(async (store, ledgerOf) => {
    const ledgers = [ledgerOf(), ledgerOf(), ledgerOf()];
    const all = calls(4, 900, 6);
    // Flushed at the same time again and again, so that they meet at the same sums.
    for (let i = 0; i < all.length; i += 30) {
      for (const [k, call] of all.slice(i, i + 30).entries()) ledgers[k % 3]?.record(call);
      await Promise.all(ledgers.map((ledger) => ledger.flush()));
    }
    const { calls: count, promptTokens } = await total(store);
    assertEquals(count, 900);
    assertEquals(promptTokens, all.reduce((sum, { usage }) => sum + usage.promptTokens, 0));
    const before = await sumsOf(store);
    assertEquals(await rebuildRollups(store, "local"), 900);
    assertEquals(await sumsOf(store), before);
  }));

Deno.test("rollups that are wrong, missing or of nothing are put right while calls go on", () =>
  withStore(async (store, ledgerOf) => {
    const ledger = ledgerOf();
    for (const call of calls(5, 200, 3)) ledger.record(call);
    await ledger.flush();
    const before = await sumsOf(store);
    const entries = await Array.fromAsync(store.kv.list<Uint8Array>({ prefix: ["ledger_rollup"] }));
    const [first, second] = entries;
    assert(first && second);
    await store.kv.delete(first.key);
    await store.kv.set(second.key, first.value);
    await store.kv.set(["ledger_rollup", "local", "day", START + 30 * DAY], first.value);
    await rebuildWhereOld(store, "local", new AbortController().signal);
    assertEquals(await sumsOf(store), before);
    // Once is enough: what was made since is kept up by the ledger.
    await store.kv.delete(first.key);
    await rebuildWhereOld(store, "local", new AbortController().signal);
    assertEquals((await sumsOf(store)).length, before.length - 1);

    const more = calls(6, 200, 3);
    const rebuilding = rebuildRollups(store, "local");
    for (let i = 0; i < more.length; i += 20) {
      for (const call of more.slice(i, i + 20)) ledger.record(call);
      await ledger.flush();
    }
    await rebuilding;
    assertEquals((await total(store)).calls, 400);
    const live = await sumsOf(store);
    await rebuildRollups(store, "local");
    assertEquals(await sumsOf(store), live);
  }));

Deno.test("a commit that failed, or whose answer was lost, is counted once", () =>
  withStore(async (store, ledgerOf) => {
    const ledger = ledgerOf();
    const atomic = store.kv.atomic.bind(store.kv);
    let commits = 0;
    store.kv.atomic = () => {
      const operation = atomic();
      const commit = operation.commit.bind(operation);
      operation.commit = async () => {
        commits++;
        if (commits % 3 === 1) throw new Error("the line is cut before it");
        const result = await commit();
        if (commits % 3 === 2) throw new Error("the line is cut after it");
        return result;
      };
      return operation;
    };
    const all = calls(7, 60, 1);
    for (let i = 0; i < all.length; i += 10) {
      for (const call of all.slice(i, i + 10)) ledger.record(call);
      for (let tries = 0; tries < 4; tries++) await ledger.flush();
    }
    store.kv.atomic = atomic;
    await ledger.flush();
    const rows = await Array.fromAsync(ledger.rows(me, { from: START, to: START + DAY }));
    assertEquals([rows.length, (await total(store)).calls], [60, 60]);
    const before = await sumsOf(store);
    await rebuildRollups(store, "local");
    assertEquals(await sumsOf(store), before);
  }));

Deno.test("a call costs what its attempts cost, and says where no price is known", () =>
  withStore(async (store, ledgerOf) => {
    const ledger = ledgerOf();
    const usage = { promptTokens: 1_000, completionTokens: 100, totalTokens: 1_100, estimated: false };
    const attempt = { startedAt: START, durationMs: 9, outcome: "complete" as const, usage };
    const call = (model: string, local: boolean) => ({
      profileId: "local",
      at: START,
      source: { type: "api" as const, endpoint: "/v1" },
      model,
      attempts: [{ ...attempt, nodeId: "n", nodeName: "N", model, local }],
      outcome: "complete" as const,
      usage,
      durationMs: 9,
    });
    ledger.record(call("gpt-4o-mini", false));
    ledger.record(call("gpt-4o-mini", true));
    ledger.record(call("nobody-knows", false));
    ledger.record({ ...call("__proto__", true), keyId: "__proto__" });
    const rows = (await ledger.latest(me)).toReversed();
    assertEquals(rows.map(({ costNano, priceVersion }) => [costNano, priceVersion]), [
      [210_000, 1],
      [0, 1],
      [0, 1],
      [0, 1],
    ]);
    const { costNano, unpricedTokens } = await total(store);
    assertEquals([costNano, unpricedTokens], [210_000, 1_100]);
    const { parts } = await reportsOf(store).report(me, { from: START, to: START + DAY, zone: "UTC" });
    assertEquals(parts.model?.map(({ value, calls }) => [value, calls]), [
      ["gpt-4o-mini", 2],
      ["__proto__", 1],
      ["nobody-knows", 1],
    ]);
    assertEquals(parts.key?.map(({ value }) => value), ["__proto__"]);
  }));
