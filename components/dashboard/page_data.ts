import type { ErrorBody, UsageDimension, UsagePart, UsagePulse, UsageReport } from "../../lib/shared/mod.ts";

/** A period that one link chooses. */
export const PERIODS = ["today", "7d", "30d", "90d", "year"] as const;

/** What the dashboard is rendered from. */
export interface DashboardPageData {
  /** null where it could not be made. */
  report: UsageReport | null;
  problem: ErrorBody | null;
  pulse: UsagePulse | null;
  /** Of the page's address: the period and what it is limited to. */
  query: string;
  /** The chosen one of `PERIODS`; "" where days were chosen. */
  period: string;
  /** The days of the period, as `2026-01-31`. */
  days: { from: string; to: string };
  /** By what the parts are told apart. */
  dimension: UsageDimension;
  parts: UsagePart[] | null;
  /** Those whose figures may be looked at; none where there is no choice. */
  profiles: { id: string; name: string }[];
  profileId: string;
}
