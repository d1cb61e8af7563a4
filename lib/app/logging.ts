import { type Clock, createLog, isAtLeast, type Log, type LogEntry, stderrSink } from "../host/mod.ts";
import { DebugMode, LogBook, Trace } from "../monitor/mod.ts";
import type { AppConfig } from "./config.ts";

/** The server's log: where it is written, where it can be read, and how it is made to say more. */
export interface Logging {
  log: Log;
  book: LogBook;
  debug: DebugMode;
  trace: Trace;
}

/** What is shorter would be found in the middle of other words. */
const SECRET_MIN_CHARS = 6;

/**
 * Makes the log. Lines of at least the configured level go to standard error (or to `instead`); those of `info` and more, and
 * with the debug mode all, can be read on the page of the log.
 */
export function createLogging(config: AppConfig, clock: Clock, instead?: Log): Logging {
  const secrets = secretsOf(config);
  const book = new LogBook({ secrets });
  const debug = new DebugMode(clock, ({ on }) => {
    log.of("log").info(
      on ? "Requests and responses are logged for a while" : "Requests are not logged any more",
    );
  });
  const write = instead ? writeTo(instead) : (entry: LogEntry) => {
    if (isAtLeast(entry.level, config.logLevel)) stderrSink(entry);
  };
  const lowest = isAtLeast(config.logLevel, "info") ? "info" : config.logLevel;
  const level = () => instead || debug.isOn ? "debug" : lowest;
  const log = createLog((entry) => {
    if (debug.isOn || isAtLeast(entry.level, lowest)) book.add(entry);
    write(entry);
  }, level);
  return { log, book, debug, trace: new Trace({ debug, log, clock, secrets }) };
}

function writeTo(log: Log): (entry: LogEntry) => void {
  return ({ level, part, message, fields }) => log.of(part)[level](message, fields);
}

function secretsOf({ token, passphrase, e2b, nodes }: AppConfig): string[] {
  return [token, passphrase, e2b?.apiKey, ...nodes.map(({ apiKey }) => apiKey)]
    .filter((secret) => secret !== undefined && secret.length >= SECRET_MIN_CHARS) as string[];
}
