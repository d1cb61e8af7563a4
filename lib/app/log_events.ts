import type { DebugState, LogFilter, LogLine } from "../shared/mod.ts";
import type { Logging } from "./logging.ts";

/** What the page of the log is told. */
export type LogEvent =
  | { type: "lines"; data: LogLine[]; id: string }
  | { type: "missed"; data: { count: number } }
  | { type: "debug"; data: DebugState };

/** The debug mode and the lines after the numbered one, and what comes, until the signal is aborted. */
export async function* logEvents(
  { book, debug }: Pick<Logging, "book" | "debug">,
  filter: LogFilter,
  afterSeq: number,
  signal: AbortSignal,
): AsyncGenerator<LogEvent[], void, undefined> {
  let told = debug.state;
  yield [{ type: "debug", data: told }];
  // That the mode changes is told by a line of its own, which the filter may hide.
  for await (const { lines, missed } of book.follow(filter, afterSeq, signal)) {
    const events: LogEvent[] = [];
    if (missed > 0) events.push({ type: "missed", data: { count: missed } });
    if (debug.state.until !== told.until) {
      told = debug.state;
      events.push({ type: "debug", data: told });
    }
    const last = lines.at(-1);
    if (last) events.push({ type: "lines", data: lines, id: book.placeOf(last.seq) });
    if (events.length > 0) yield events;
  }
}
