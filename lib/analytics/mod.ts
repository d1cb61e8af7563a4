/** The ledger: one row for each model call, with its attempts; what they cost; and sums over hours and days. */
export { Ledger, type LedgerOptions } from "./ledger.ts";
export { type LiveFigures, Metrics, METRICS_TYPE } from "./metrics.ts";
export { Prices } from "./prices/prices.ts";
export { csvCell, csvOf, jsonOf } from "./reports/export.ts";
export { type Statement, type StatementLine, statementOf } from "./reports/statement.ts";
export { shownAt, wholeHours } from "./reports/hours.ts";
export { rowsOf, type UsageFilter } from "./reports/usage_filter.ts";
export { type Period, UsageReports } from "./reports/usage_reports.ts";
export { machineZone, Zone } from "./reports/zone.ts";
export {
  emptyHistogram,
  type Histogram,
  HISTOGRAM_ERROR,
  observe,
  percentileOf,
} from "./rollups/histogram.ts";
export { rebuildRollups, rebuildWhereOld } from "./rollups/rebuild.ts";
export type { Attempt, CallRecord, CallSource, LedgerRow } from "./row.ts";
