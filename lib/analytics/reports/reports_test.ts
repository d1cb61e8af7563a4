import { assert, assertEquals } from "@std/assert";
import { localPrincipal as me } from "../../access/mod.ts";
import { silentLog } from "../../host/mod.ts";
import { FakeClock } from "../../host/testing.ts";
import { openStore, type Store } from "../../store/mod.ts";
import { seededRandom } from "../../../tests/random.ts";
import { Ledger } from "../ledger.ts";
import { rebuildRollups } from "../rollups/rebuild.ts";
import type { LedgerRow } from "../row.ts";
import { randomCall } from "../testing.ts";
import { shownAt } from "./hours.ts";
import { statementOf } from "./statement.ts";
import { stepStart } from "./steps.ts";
import { UsageReports } from "./usage_reports.ts";
import { Zone } from "./zone.ts";

const DAY = 86_400_000;
/** Clocks are changed in October and November, in Europe and America. */
const START = Date.UTC(2026, 8, 20);
const DAYS = 80;

async function withLedger(
  fn: (world: { store: Store; ledger: Ledger; reports: UsageReports }) => Promise<void>,
): Promise<void> {
  const store = await openStore({ folder: ":memory:" });
  const clock = new FakeClock(START + DAYS * DAY);
  const ledger = new Ledger({ store, clock, log: silentLog });
  try {
    await fn({ store, ledger, reports: new UsageReports({ store, clock, log: silentLog }) });
  } finally {
    await ledger.flush();
    store.close();
  }
}

function enter(ledger: Ledger, seed: number, count: number, at: (n: number) => number): Promise<void> {
  const random = seededRandom(seed);
  for (let i = 0; i < count; i++) ledger.record(randomCall(random, at(random()), 20));
  return ledger.flush();
}

Deno.test("each day, week and month of a zone has the calls of that calendar, over a change of the clocks", () =>
  withLedger(async ({ ledger, reports }) => {
    await enter(ledger, 1, 1_500, (share) => START + Math.floor(share * DAYS * DAY));
    const all = await Array.fromAsync(ledger.rows(me, { from: START, to: START + DAYS * DAY }));
    for (
      const name of [
        "UTC",
        "Europe/Berlin",
        "America/New_York",
        "America/Los_Angeles",
        "Asia/Kolkata",
        "Pacific/Auckland",
        "Asia/Kathmandu",
      ]
    ) {
      const zone = new Zone(name);
      for (const [first, length] of [[3, 1], [3, 30], [3, 70], [-300, 380], [-1_000, 1_080]]) {
        const day = (n: number) => zone.timeOf(START + n * DAY);
        const period = { from: day(first ?? 0), to: day((first ?? 0) + (length ?? 0)), zone: name };
        const report = await reports.report(me, period);
        const { points, total, step, from, to, week } = report;
        const rows = all.filter(({ at }) => at >= from && at < to);
        const counted = new Map<number, LedgerRow[]>();
        for (const row of rows) {
          const start = stepStart(step, zone.localOf(shownAt(row.at)));
          counted.set(start, [...counted.get(start) ?? [], row]);
        }
        assert(counted.size > 0);
        const told = points.filter(({ calls }) => calls > 0);
        assertEquals(
          told.map(({ calls, costNano, failed }) => [calls, costNano, failed]),
          [...counted].sort(([a], [b]) => a - b).map(([, rows]) => [
            rows.length,
            rows.reduce((sum, { costNano }) => sum + costNano, 0),
            rows.filter(({ outcome }) => outcome === "failed").length,
          ]),
          `${name}, ${length} days by ${step}`,
        );
        assertEquals(total.calls, rows.length);
        // From what was kept of its months.
        assertEquals(await reports.report(me, period), report);
        assertEquals(week.flat().reduce((sum, calls) => sum + calls, 0), rows.length);
        if (step !== "day") continue;
        const dayOf = (at: number) => new Date(zone.localOf(shownAt(at))).toISOString().slice(0, 10);
        const { days } = await statementOf(ledger.rows(me, { from, to }), dayOf);
        assertEquals(
          days.map(({ calls, costNano }) => [calls, costNano]),
          told.map((p) => [p.calls, p.costNano]),
        );
      }
    }
  }));

Deno.test("chats of a long period are those of its days, also when a month gets a late call", () =>
  withLedger(async ({ store, ledger, reports }) => {
    const period = { from: START, to: START + DAYS * DAY };
    const at = (share: number) => START + Math.floor(share * DAYS * DAY);
    await enter(ledger, 2, 400, at);
    const expected = async () => {
      const counts = new Map<string, number>();
      for await (const { source } of ledger.rows(me, period)) {
        if (source.type === "chat") counts.set(source.chatId, (counts.get(source.chatId) ?? 0) + 1);
      }
      return [...counts].sort(([a, x], [b, y]) => y - x || a.localeCompare(b)).slice(0, 10);
    };
    const told = async () =>
      (await reports.pages(me, period, "chat", 10)).map(({ value, calls }) => [value, calls]);
    assertEquals(await told(), await expected());
    const months = await Array.fromAsync(store.kv.list({ prefix: ["ledger_month", me.profileId, "chat"] }));
    assertEquals(months.map(({ key }) => key[3]), [Date.UTC(2026, 9, 1), Date.UTC(2026, 10, 1)]);
    const days = await Array.fromAsync(store.kv.list({ prefix: ["ledger_page", "local", "day", "chat"] }));
    let decoded = 0;
    const decode = store.codec.decode.bind(store.codec);
    store.codec.decode = (type, bytes) => (decoded++, decode(type, bytes));
    const again = await told();
    store.codec.decode = decode;
    assert(decoded < days.length / 2, `${decoded} records were read, and there are ${days.length} days`);
    assertEquals(again, await expected());
    await enter(ledger, 3, 30, () => Date.UTC(2026, 9, 12, 5));
    assertEquals(await told(), await expected());
    const [first] = await reports.pages(me, period, "chat", 1);
    assertEquals(first, (await reports.pages(me, period, "chat"))[0]);
  }));

Deno.test("a long period is read by its months from the second time on, in zones far from UTC too", () =>
  withLedger(async ({ store, ledger, reports }) => {
    await enter(ledger, 4, 1_200, (share) => START + Math.floor(share * DAYS * DAY));
    const zone = "America/Los_Angeles";
    const day = (n: number) => new Zone(zone).timeOf(START + n * DAY);
    const period = { from: day(1), to: day(DAYS - 1), zone };
    const only = { dimension: "model", value: "qwen3:8b" } as const;
    const first = await reports.report(me, period);
    const firstOfOne = await reports.report(me, period, only);
    let decoded = 0;
    const decode = store.codec.decode.bind(store.codec);
    store.codec.decode = (type, bytes) => (decoded++, decode(type, bytes));
    const again = await reports.report(me, period);
    const byMonths = decoded;
    const againOfOne = await reports.report(me, period, only);
    store.codec.decode = decode;
    assertEquals([again, againOfOne], [first, firstOfOne]);
    assert(byMonths < DAYS, `${byMonths} records were read`);
    assert(decoded - byMonths < DAYS, `${decoded - byMonths} records were read of one model`);
    // A late call in one of the hours that the calendar moves.
    await enter(ledger, 5, 3, () => Date.UTC(2026, 9, 12, 5));
    const late = await reports.report(me, period);
    const at = new Zone(zone).timeOf(Date.UTC(2026, 9, 11));
    assertEquals(
      late.points.map((point, i) => [point.at, point.calls - (first.points[i]?.calls ?? 0)])
        .filter(([, more]) => more !== 0),
      [[at, 3]],
    );
    assertEquals(late.total.calls, first.total.calls + 3);
    assertEquals(
      late.parts.source?.reduce((sum, { calls }) => sum + calls, 0),
      late.total.calls,
    );
  }));

Deno.test("a month that goes on is not kept, and no answer fails where a month cannot be kept", () =>
  withLedger(async ({ store, ledger }) => {
    await enter(ledger, 6, 300, (share) => START + Math.floor(share * DAYS * DAY));
    const period = { from: START, to: START + 110 * DAY, zone: "UTC" };
    const clock = new FakeClock(Date.UTC(2026, 10, 10));
    const reports = new UsageReports({ store, clock, log: silentLog });
    const transaction = store.transaction.bind(store);
    store.transaction = () => {
      throw new Error("No space left on device");
    };
    const [report, pages] = [await reports.report(me, period), await reports.pages(me, period, "chat")];
    store.transaction = transaction;
    assertEquals(await reports.report(me, period), report);
    assertEquals(await reports.pages(me, period, "chat"), pages);
    const kept = await Array.fromAsync(store.kv.list({ prefix: ["ledger_month"] }));
    assertEquals(kept.map(({ key }) => key.slice(2)), [
      ["chat", Date.UTC(2026, 9)],
      ["days", Date.UTC(2026, 9)],
    ]);
  }));

Deno.test("what is read while sums are made anew is not kept beyond", () =>
  withLedger(async ({ store, ledger, reports }) => {
    const at = Date.UTC(2026, 9, 12, 5);
    const random = seededRandom(7);
    for (let i = 0; i < 150; i++) {
      ledger.record({
        ...randomCall(random, at + Math.floor(i / 15) * 3_600_000),
        source: { type: "chat", chatId: `chat-${i}`, messageId: "m", runId: "r" },
      });
    }
    await ledger.flush();
    const rows = await Array.fromAsync(store.kv.list({ prefix: ["ledger"] }));
    // Sums of rows that there are no more, as of a clock that went wrong.
    for (const { key } of rows.slice(50, 70)) await store.kv.delete(key);
    const period = { from: Date.UTC(2026, 8, 25), to: Date.UTC(2026, 11, 1), zone: "Pacific/Auckland" };
    const told = async () => [await reports.pages(me, period, "chat", 200), await reports.report(me, period)];
    const transaction = store.transaction.bind(store);
    let isReading = false;
    store.transaction = () => {
      const made = transaction();
      const commit = made.commit.bind(made);
      made.commit = async () => {
        const result = await commit();
        if (isReading) return result;
        isReading = true;
        await told();
        isReading = false;
        return result;
      };
      return made;
    };
    await rebuildRollups(store, me.profileId);
    store.transaction = transaction;
    const after = await told();
    for await (const { key } of store.kv.list({ prefix: ["ledger_month"] })) await store.kv.delete(key);
    assertEquals(after, await told());
  }));
