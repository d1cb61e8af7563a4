import type { UsagePart } from "../../shared/mod.ts";
import { keys, recordType, type Store } from "../../store/mod.ts";
import { GRAIN_MS, type PagedDimension, STATS } from "../rollups/rollup.ts";
import { emptyStats, figureOf, mergeStats, type Stats } from "../rollups/stats.ts";
import type { Span } from "./spans.ts";
import { summaryOf } from "./summary.ts";

const LIST_BATCH = 500;
/** What a month's record may hold: it is written while others wait for their tokens. */
const MONTH_PAGES_MAX = 10_000;

/** The stats of chats or projects, by their ids. */
type Pages = Map<string, Stats>;

/**
 * All chats or projects of a whole month in one record. It is made when somebody asks for the month and holds as long as the
 * sums of its days are those that it was made of: every commit that changes a page changes the sum of its day too.
 */
interface PageMonth {
  /** The versions of the sums of the month's days. */
  versions: string;
  pages: [id: string, stats: Stats][];
}

const PAGE_MONTH = recordType<PageMonth>("month of pages");

/** Where pages are read. */
export interface PageSource {
  store: Store;
  profileId: string;
  dimension: PagedDimension;
}

/** The chats or projects of a period, those with the most calls first. */
export async function pageParts(
  source: PageSource,
  spans: readonly Span[],
  limit: number,
): Promise<UsagePart[]> {
  const found: Pages[] = [];
  for (const span of spans.flatMap(withMonths)) {
    found.push(span.isMonth ? await monthOf(source, span) : await pagesOf(source, span));
  }
  return mostCalled(found, limit).map((id) => {
    const sum = emptyStats();
    for (const pages of found) {
      const stats = pages.get(id);
      if (stats) mergeStats(sum, stats);
    }
    return { value: id, label: id, ...summaryOf(sum) };
  });
}

/** Times are merged of those only that are shown. */
function mostCalled(found: readonly Pages[], limit: number): string[] {
  const calls = new Map<string, number>();
  for (const pages of found) {
    for (const [id, stats] of pages) calls.set(id, (calls.get(id) ?? 0) + figureOf(stats, "calls"));
  }
  return [...calls].sort(([a, callsOfA], [b, callsOfB]) => callsOfB - callsOfA || a.localeCompare(b))
    .slice(0, limit).map(([id]) => id);
}

/** A span in whole months of UTC and what is around them. */
function withMonths(span: Span): (Span & { isMonth: boolean })[] {
  const { grain, from, to } = span;
  const [first, end] = [nextMonth(from - 1), nextMonth(to) - 1];
  if (grain === "hour") return [{ ...span, isMonth: false }];
  const months: (Span & { isMonth: boolean })[] = [];
  for (let at = first; nextMonth(at) <= to && at <= end; at = nextMonth(at)) {
    months.push({ grain, from: at, to: nextMonth(at), isMonth: true });
  }
  const [firstMonth] = months;
  const lastMonth = months.at(-1);
  if (!firstMonth || !lastMonth) return [{ ...span, isMonth: false }];
  const around = [{ grain, from, to: firstMonth.from }, { grain, from: lastMonth.to, to }];
  const rest = around.filter((part) => part.to > part.from).map((part) => ({ ...part, isMonth: false }));
  return [...rest, ...months];
}

/** The first of a month that comes after a time. */
function nextMonth(at: number): number {
  const date = new Date(at);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
}

async function pagesOf({ store, profileId, dimension }: PageSource, span: Span): Promise<Pages> {
  const pages: Pages = new Map();
  const prefix = [...keys.ledgerPages(profileId), span.grain, dimension];
  const selector = { start: [...prefix, span.from], end: [...prefix, span.to] };
  for await (const { key, value } of store.list(STATS, selector, { batchSize: LIST_BATCH })) {
    const id = String(key[5]);
    const sum = pages.get(id) ?? emptyStats();
    pages.set(id, sum);
    mergeStats(sum, value);
  }
  return pages;
}

async function monthOf(source: PageSource, month: Span): Promise<Pages> {
  const { store, profileId, dimension } = source;
  const key = keys.ledgerPageMonth(profileId, dimension, month.from);
  const versions = await versionsOf(source, month);
  if (versions === "") return new Map();
  const stored = await store.get(PAGE_MONTH, key);
  if (stored?.value.versions === versions) return new Map(stored.value.pages);
  const pages = await pagesOf(source, month);
  // Where somebody has added to the month meanwhile, it is not known what the pages are of.
  if (pages.size > MONTH_PAGES_MAX || await versionsOf(source, month) !== versions) return pages;
  await using transaction = store.transaction();
  transaction.operation.check({ key, versionstamp: stored?.versionstamp ?? null });
  await transaction.set(PAGE_MONTH, key, { versions, pages: [...pages] });
  // Another reader that was faster has written the same.
  await transaction.commit();
  return pages;
}

async function versionsOf({ store, profileId }: PageSource, { grain, from, to }: Span): Promise<string> {
  const prefix = [...keys.ledgerRollups(profileId), grain];
  const selector = { start: [...prefix, from], end: [...prefix, to] };
  const days = await Array.fromAsync(store.kv.list(selector, { batchSize: 100 }));
  return days.map(({ key, versionstamp }) => `${(Number(key[3]) - from) / GRAIN_MS.day}:${versionstamp}`)
    .join(" ");
}
