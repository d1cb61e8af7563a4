/** The cookie by which a browser tells its time zone, so that days are those of its calendar. */
export const ZONE_COOKIE = "freshet-zone";

/** Nano-dollars in a dollar: costs are whole numbers of them. */
export const NANO = 1_000_000_000;

/** What one model costs, in nano-dollars a token: 1 is $0.001 for a million. */
export interface Price {
  /** An id, or the beginning of one with `*` behind it; without the vendor that stands before a `/`. */
  model: string;
  /** The node that the price is for; `any` for all of them, and absent for all hosted ones. */
  nodeId?: string;
  input: number;
  output: number;
  /** Of prompt tokens that the service had in its cache; the same as `input` where absent. */
  cachedInput?: number;
}

/** One version of what models cost. A change is a new version; none is ever overwritten. */
export interface PriceTable {
  /** 1 is the first. */
  version: number;
  /** `shipped` where nobody has changed it. */
  origin: "shipped" | "person";
  /** The day that the shipped prices it goes back to are of, as `2025-10-01`. */
  shippedOn: string;
  /** ms since 1970. */
  at: number;
  note?: string;
  prices: Price[];
}

/** What usage may be told apart by. */
export const USAGE_DIMENSIONS = ["model", "node", "key", "source", "chat", "project"] as const;

/** One of `USAGE_DIMENSIONS`. */
export type UsageDimension = (typeof USAGE_DIMENSIONS)[number];

/** Times in ms; null where none was measured. */
export interface Percentiles {
  p50: number | null;
  p90: number | null;
  p95: number | null;
  p99: number | null;
}

/** What a number of calls did together. */
export interface UsageSummary {
  calls: number;
  complete: number;
  cancelled: number;
  failed: number;
  attempts: number;
  promptTokens: number;
  completionTokens: number;
  reasoningTokens: number;
  cachedTokens: number;
  costNano: number;
  /** Tokens at hosted nodes for which no price is known. */
  unpricedTokens: number;
  /** Completed calls of those that were not stopped, 0 to 1; null without any. */
  successRate: number | null;
  /** Tokens a second from the first to the last; null where nothing was written. */
  tokensPerSecond: number | null;
  firstToken: Percentiles;
  duration: Percentiles;
}

/** One value of a dimension with what was used by it. */
export interface UsagePart extends UsageSummary {
  /** The id of a node, key, chat or project; the name of a model or of what asked. */
  value: string;
  /** For people; the value where nothing else is known. */
  label: string;
}

/** One point of a chart. */
export interface UsagePoint {
  /** Its beginning, ms since 1970. */
  at: number;
  calls: number;
  failed: number;
  promptTokens: number;
  completionTokens: number;
  costNano: number;
  firstTokenP50: number | null;
  firstTokenP95: number | null;
  durationP50: number | null;
  durationP95: number | null;
}

/** How long one point of a chart is. */
export type UsageStep = "hour" | "day" | "week" | "month";

/** What was used in a period. */
export interface UsageReport {
  /** ms since 1970, on whole hours; `to` is the first that is not in it. */
  from: number;
  to: number;
  /** The time zone of days, weeks and months, as in the IANA database. */
  zone: string;
  step: UsageStep;
  /** Only what was used by one value of a dimension; null for all. */
  only: { dimension: UsageDimension; value: string; label: string } | null;
  total: UsageSummary;
  points: UsagePoint[];
  /** Calls by weekday (Monday first) and hour of the zone: 7 rows of 24. */
  week: number[][];
  /** By dimension, the most calls first. Empty where only one value was asked for. */
  parts: Partial<Record<UsageDimension, UsagePart[]>>;
}

/** What happens now, told each second. */
export interface UsagePulse {
  /** ms since 1970. */
  at: number;
  /** Calls under way, by model, the most first. */
  active: { model: string; calls: number }[];
  /** Calls that wait for a turn. */
  waiting: number;
  requestsPerSecond: number;
  tokensPerSecond: number;
  /** Another one whenever the ledger has new rows. */
  revision: string;
}
