import { FreshetError } from "../../shared/mod.ts";
import type { Account } from "./account.ts";
import type { Bucket } from "./bucket.ts";
import { formatDuration } from "./duration.ts";

/** What is counted. */
export type Dimension = "requests" | "tokens";

const HOLDERS = { key: "this API key", profile: "this Freshet" };

/** A limit of ours was reached. Without `retryAfter`, the request is too large for it at any time. */
export class RateLimitError extends FreshetError {
  readonly dimension: Dimension;

  constructor(dimension: Dimension, message: string, details: { hint: string; retryAfter?: number }) {
    super("rate_limited", message, details);
    this.dimension = dimension;
  }
}

/** The error for a bucket that cannot give `amount` before `waitMs` have passed. */
export function limitReached(
  { holder }: Account,
  { bucket, dimension, amount, waitMs, now }: {
    bucket: Bucket;
    dimension: Dimension;
    amount: number;
    waitMs: number;
    now: number;
  },
): RateLimitError {
  const what = `${dimension} per minute of ${HOLDERS[holder]}`;
  if (waitMs === Infinity) {
    return new RateLimitError(
      dimension,
      `The request is too large for the ${what}: limit ${bucket.limit}, requested about ${Math.ceil(amount)}`,
      { hint: "Send less at a time, or raise the limit" },
    );
  }
  const used = Math.ceil(bucket.used(now));
  return new RateLimitError(
    dimension,
    `The limit of ${what} is reached: limit ${bucket.limit}, used ${used}, requested ${Math.ceil(amount)}`,
    { hint: `Try again in ${formatDuration(waitMs)}`, retryAfter: Math.ceil(waitMs / 1_000) },
  );
}
