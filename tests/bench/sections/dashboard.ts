import { silentLog, systemClock } from "../../../lib/host/mod.ts";
import { localPrincipal as me } from "../../../lib/access/mod.ts";
import { Ledger, rebuildRollups } from "../../../lib/analytics/mod.ts";
import { randomCall } from "../../../lib/analytics/testing.ts";
import { openStore, type Store } from "../../../lib/store/mod.ts";
import { startApp } from "../../harness.ts";
import { seededRandom } from "../../random.ts";
import { median, percentile } from "../report/statistics.ts";
import { formatNumber, formatTable, withUnit } from "../report/table.ts";
import type { BenchOptions, Section } from "../section.ts";

const CALLS = 100_000;
const CHATS = 3_000;
const YEAR_MS = 365 * 86_400_000;
const ASKED_MS = 100;

/** Entering a year of calls into the ledger, and looking at it. */
export const dashboard: Section = {
  name: "dashboard",
  title: `a year of ${formatNumber(CALLS)} calls in ${formatNumber(CHATS)} chats: entering and looking at it`,
  async run(options) {
    const folder = await Deno.makeTempDir({ prefix: "freshet-bench-" });
    try {
      const to = Math.ceil(Date.now() / 3_600_000) * 3_600_000;
      const store = await openStore({ folder });
      try {
        await enter(store, to, options);
      } finally {
        store.close();
      }
      await look(folder, to, options);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
};

async function enter(store: Store, to: number, { print, quick }: BenchOptions): Promise<void> {
  const random = seededRandom(1);
  const calls = Array.from({ length: CALLS }, (_, i) => {
    return randomCall(random, to - YEAR_MS + Math.floor((i / CALLS) * YEAR_MS), CHATS);
  });
  const ledger = new Ledger({ store, clock: systemClock, log: silentLog });
  const startedAt = performance.now();
  for (let i = 0; i < calls.length; i += 1_000) {
    for (const call of calls.slice(i, i + 1_000)) ledger.record(call);
    await ledger.flush();
  }
  const yearMs = performance.now() - startedAt;
  const nowMs = await enterNow(ledger, to, quick ? 5_000 : 20_000);
  const rows = [
    ["a year's calls, over their days and chats", withUnit(yearMs / CALLS * 1_000, "µs")],
    ["calls of /v1 that come now", withUnit(nowMs * 1_000, "µs")],
  ];
  if (!quick) {
    const rebuiltAt = performance.now();
    await rebuildRollups(store, "local");
    rows.push(["rebuilding all sums", withUnit((performance.now() - rebuiltAt) / CALLS * 1_000, "µs")]);
  }
  print(`${formatTable(["a row, pricing, sums and commit included", "each"], rows)}\n`);
}

/** ms for each of many calls by one key to one hour, in the batches that 2,000 a second make. */
async function enterNow(ledger: Ledger, to: number, count: number): Promise<number> {
  const random = seededRandom(2);
  const calls = Array.from({ length: count }, () => ({
    ...randomCall(random, to - 1_000),
    profileId: "bench",
    source: { type: "api" as const, endpoint: "/v1/chat/completions" },
  }));
  const startedAt = performance.now();
  for (let i = 0; i < calls.length; i += 400) {
    for (const call of calls.slice(i, i + 400)) ledger.record(call);
    await ledger.flush();
  }
  return (performance.now() - startedAt) / count;
}

async function look(folder: string, to: number, { print, quick }: BenchOptions): Promise<void> {
  await using app = await startApp({ dataFolder: folder });
  const reports = app.services.usage;
  const period = { from: to - YEAR_MS, to, zone: "Europe/Berlin" };
  const query = `from=${period.from}&to=${to}&zone=${period.zone}`;
  const get = (path: string) => async () => {
    const response = await app.fetch(path);
    const { length } = await response.text();
    if (!response.ok || length < 200) throw new Error(`${path} was answered ${response.status}`);
  };
  const ways: [name: string, run: () => Promise<unknown>, asked?: string][] = [
    ["the report of the year", () => reports.report(me, period)],
    ["the same of one model", () => reports.report(me, period, { dimension: "model", value: "qwen3:8b" })],
    ["the same of one chat", () => reports.report(me, period, { dimension: "chat", value: "chat-1" })],
    ["the report of 30 days, by hours", () => reports.report(me, { ...period, from: to - 30 * 86_400_000 })],
    ["GET /dashboard, the page of the year", get(`/dashboard?${query}`)],
    ["GET /api/analytics/usage", get(`/api/analytics/usage?${query}`)],
    ["the chats of the year, when asked for", get(`/api/analytics/usage/chat?${query}`), "–"],
  ];
  const rows: string[][] = [];
  for (const [name, run, asked = `${ASKED_MS} ms`] of ways) {
    const times: number[] = [];
    for (let round = -2; round < (quick ? 5 : 30); round++) {
      const startedAt = performance.now();
      await run();
      if (round >= 0) times.push(performance.now() - startedAt);
    }
    rows.push([
      name,
      withUnit(median(times), "ms"),
      withUnit(percentile(times, 0.95), "ms"),
      asked,
    ]);
  }
  print(formatTable(["", "p50", "p95", "asked"], rows));
}
