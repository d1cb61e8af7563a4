import type { UsagePart } from "../../shared/mod.ts";
import { keys, recordType } from "../../store/mod.ts";
import { type PagedDimension, STATS } from "../rollups/rollup.ts";
import { emptyStats, figureOf, mergeStats, type Stats } from "../rollups/stats.ts";
import { dayVersions, type OfMonth, ofMonth, type UsageSource, withMonths } from "./months.ts";
import type { Span } from "./spans.ts";
import { summaryOf } from "./summary.ts";

const LIST_BATCH = 500;
/** What a month's record may hold: it is written while others wait for their tokens. */
const MONTH_PAGES_MAX = 10_000;

/** The stats of chats or projects, by their ids. */
type Pages = Map<string, Stats>;

/** All chats or projects of a month. */
type PageMonth = [id: string, stats: Stats][];

const PAGE_MONTH = recordType<OfMonth<PageMonth>>("month of pages");

/** The chats or projects of a period, those with the most calls first. */
export async function pageParts(
  source: UsageSource,
  dimension: PagedDimension,
  spans: readonly Span[],
  limit: number,
): Promise<UsagePart[]> {
  const found: Pages[] = [];
  for (const span of spans) {
    const parts = withMonths(span, source.clock.now());
    const versions = parts.some(({ isMonth }) => isMonth) ? await dayVersions(source, span) : new Map();
    for (const part of parts) {
      const make = () => pagesOf(source, dimension, part);
      const pages = part.isMonth
        ? await ofMonth<PageMonth>(source, {
          month: part,
          name: dimension,
          type: PAGE_MONTH,
          versions,
          make: async () => [...await make()],
          isKept: ({ length }) => length <= MONTH_PAGES_MAX,
        })
        : await make();
      found.push(new Map(pages));
    }
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

async function pagesOf(
  { store, profileId }: UsageSource,
  dimension: PagedDimension,
  span: Span,
): Promise<Pages> {
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
