/** How grave a line of the log is. */
export type LogLevel = "debug" | "info" | "warn" | "error";

/** One line of the structured log. */
export interface LogEntry {
  /** ms since 1970. */
  at: number;
  level: LogLevel;
  /** The part of Freshet that speaks: "runs", "nodes", … */
  part: string;
  message: string;
  fields?: Record<string, unknown>;
}

/** Writes lines of one part. Secrets never go into `fields`. */
export interface Log {
  debug(message: string, fields?: Record<string, unknown>): void;
  info(message: string, fields?: Record<string, unknown>): void;
  warn(message: string, fields?: Record<string, unknown>): void;
  error(message: string, fields?: Record<string, unknown>): void;
  /** The log of another part, with the same sink. */
  of(part: string): Log;
}

const ORDER: Record<LogLevel, number> = { debug: 0, info: 1, warn: 2, error: 3 };

/** Whether a line of this level is as grave as `least`, or more. */
export function isAtLeast(level: LogLevel, least: LogLevel): boolean {
  return ORDER[level] >= ORDER[least];
}

/** A log that hands the entries at or above `level` to `sink`; a level that changes is asked for at each line. */
export function createLog(
  sink: (entry: LogEntry) => void,
  level: LogLevel | (() => LogLevel) = "info",
  part = "app",
): Log {
  const write = (entryLevel: LogLevel) => (message: string, fields?: Record<string, unknown>) => {
    if (!isAtLeast(entryLevel, typeof level === "string" ? level : level())) return;
    sink({ at: Date.now(), level: entryLevel, part, message, ...(fields ? { fields } : {}) });
  };
  return {
    debug: write("debug"),
    info: write("info"),
    warn: write("warn"),
    error: write("error"),
    of: (name) => createLog(sink, level, name),
  };
}

/** A log that nobody reads; for tests. */
export const silentLog: Log = createLog(() => {});

/** Writes an entry to standard error as one line: for people on a terminal, as JSON elsewhere. */
export function stderrSink(entry: LogEntry): void {
  const line = Deno.stderr.isTerminal() ? humanLine(entry) : JSON.stringify(plain(entry));
  Deno.stderr.writeSync(new TextEncoder().encode(line + "\n"));
}

function humanLine({ at, level, part, message, fields }: LogEntry): string {
  const time = new Date(at).toISOString().slice(11, 19);
  const rest = fields
    ? " " + Object.entries(fields).map(([key, value]) => `${key}=${show(value)}`).join(" ")
    : "";
  return `${time} ${level.padEnd(5)} ${part.padEnd(9)} ${message}${rest}`;
}

function plain(entry: LogEntry): Record<string, unknown> {
  const fields = Object.entries(entry.fields ?? {}).map(([key, value]) => [key, describe(value)]);
  return { ...entry, ...(fields.length ? { fields: Object.fromEntries(fields) } : {}) };
}

function show(value: unknown): string {
  const described = describe(value);
  return typeof described === "string" ? described : JSON.stringify(described);
}

function describe(value: unknown): unknown {
  if (!(value instanceof Error)) return value;
  return value.cause instanceof Error ? `${value.stack}\ncaused by ${value.cause.stack}` : value.stack;
}
