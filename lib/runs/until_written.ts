import { type Clock, type Log, sleep } from "../host/mod.ts";

const RETRY_MS = [20, 100, 500, 2_000];

/** What a write needs to be tried again. */
export interface RetryOptions {
  clock: Clock;
  log: Log;
  /** After so many failures the last error is thrown; without it, the write is tried again for ever. */
  tries?: number;
}

/** Tries a write again, after up to 2 s, while the disk (or the network to the database) does not take it. */
export async function untilWritten<T>(
  { clock, log, tries = Infinity }: RetryOptions,
  write: () => Promise<T>,
): Promise<T> {
  for (let attempt = 1;; attempt++) {
    try {
      return await write();
    } catch (error) {
      if (attempt >= tries) throw error;
      log.error("Cannot write to the store; trying again", { attempt, error });
      await sleep(clock, RETRY_MS[Math.min(attempt, RETRY_MS.length) - 1] ?? 0);
    }
  }
}
