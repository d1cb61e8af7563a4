import type { Bucket } from "./bucket.ts";
import type { Account } from "./account.ts";
import { formatDuration } from "./duration.ts";
import type { Dimension } from "./rate_limit_error.ts";

const DIMENSIONS: readonly Dimension[] = ["requests", "tokens"];

/**
 * What is left of the limits, as in https://platform.openai.com/docs/guides/rate-limits: of each dimension the account that
 * has the least left.
 */
export function limitHeaders(accounts: readonly Account[], now: number): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const dimension of DIMENSIONS) {
    const bucket = tightest(accounts.map((account) => account[dimension]), now);
    if (!bucket) continue;
    headers[`x-ratelimit-limit-${dimension}`] = String(bucket.limit);
    headers[`x-ratelimit-remaining-${dimension}`] = String(bucket.remaining(now));
    headers[`x-ratelimit-reset-${dimension}`] = formatDuration(bucket.resetMs(now));
  }
  return headers;
}

function tightest(buckets: Bucket[], now: number): Bucket | undefined {
  let found: Bucket | undefined;
  for (const bucket of buckets) {
    if (bucket.limit > 0 && (!found || bucket.remaining(now) < found.remaining(now))) found = bucket;
  }
  return found;
}
