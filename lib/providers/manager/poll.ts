import type { PullStep } from "../manager.ts";

const POLL_MS = 1_000;

/** How far a server is with something; `isDone` ends the asking, and an error is thrown by whoever read it. */
export interface Progress {
  isDone: boolean;
  /** True where it says something though nothing has changed: that it waits for others, or for a person. */
  isWord?: boolean;
  step: PullStep;
}

/**
 * Asks until it is done, and passes on what has changed: a server that says the same for ever is silent, which whoever listens
 * may take for an end. Throws what `ask` throws.
 */
export async function* poll(
  ask: () => Promise<Progress>,
  signal: AbortSignal,
  everyMs = POLL_MS,
): AsyncGenerator<PullStep> {
  let last = "";
  for (;;) {
    const { isDone, isWord, step } = await ask();
    const said = JSON.stringify(step);
    if (said !== last || isWord) yield step;
    if (isDone) return;
    last = said;
    await pause(everyMs, signal);
  }
}

/** Waits; ends at once where the signal is aborted, which the next question then shows. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener("abort", end, { once: true });
  });
}
