import type { LogLine, ProcessExit } from "./sandbox.ts";

/** By their numbers, as shells tell them (128 + number). */
const SIGNALS: Readonly<Record<number, string>> = {
  4: "SIGILL",
  5: "SIGTRAP",
  6: "SIGABRT",
  9: "SIGKILL",
  11: "SIGSEGV",
  15: "SIGTERM",
};
/** What V8 and Deno say when memory cannot be had. */
const OUT_OF_MEMORY = /out of memory|Array buffer allocation failed|memory allocation of \d+ bytes failed/i;

/** How a process ended. `cause` is why we ended it, where we did. */
export function describeExit(
  { code, signal }: Deno.CommandStatus,
  cause: string | undefined,
  lines: readonly LogLine[],
): ProcessExit {
  const name = signal ?? SIGNALS[code - 128] ?? null;
  if (cause) return { code, signal: name, reason: cause };
  if (lines.slice(-60).some(({ text }) => OUT_OF_MEMORY.test(text))) {
    return { code, signal: name, reason: "it ran out of memory" };
  }
  return { code, signal: name, reason: name ? `it crashed (${name})` : `it ended with code ${code}` };
}
