/** The machine that Freshet runs on: how it is, what it did, when to warn; and the log of the server. */
export { DEFAULT_THRESHOLDS, thresholdsSchema } from "./alerts/thresholds.ts";
export { localHost } from "./host/local_host.ts";
export { MissingError } from "./host/missing_error.ts";
export type { CoreTimes, NetworkCounter, SystemHost } from "./host/system_host.ts";
export { DebugMode } from "./logs/debug_mode.ts";
export { type LogBatch, LogBook, type LogBookOptions } from "./logs/log_book.ts";
export { mask, MASKED, maskHeaders } from "./logs/mask.ts";
export { Trace, type TraceOptions } from "./logs/trace.ts";
export { Monitor, type MonitorBeat, type MonitorOptions } from "./monitor.ts";
