import type {
  ErrorBody,
  LogFilter,
  LogView,
  SystemHistory,
  SystemView,
  Threshold,
} from "../../lib/shared/mod.ts";

/** What the page of the machine is rendered from. */
export interface SystemPageData {
  view: SystemView;
  history: SystemHistory;
  thresholds: Threshold[];
  /** What was refused of a posted form. */
  problem: ErrorBody | null;
  /** The server's time (ms since 1970), so that both sides render the same. */
  now: number;
}

/** What the page of the log is rendered from. */
export interface LogPageData {
  view: LogView;
  filter: LogFilter;
}
