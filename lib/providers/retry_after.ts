import type { ServerError } from "./server_error.ts";

const WAIT = /(?:try again|retry) (?:in|after) (?:(\d+)m)?(\d+(?:\.\d+)?)(ms|s)\b/i;

/**
 * Seconds to wait, rounded up: from `retry-after-ms`, `Retry-After` (seconds or a date, RFC 9110 §10.2.3), the body, or
 * words such as OpenAI's "Please try again in 1m20.5s".
 */
export function retryAfterOf(
  headers: Headers,
  error: ServerError,
  now: number = Date.now(),
): number | undefined {
  const ms = Number(headers.get("retry-after-ms") ?? NaN);
  if (Number.isFinite(ms) && ms >= 0) return Math.ceil(ms / 1000);
  return parseRetryAfter(headers.get("retry-after"), now) ?? error.retryAfter ??
    secondsInWords(error.message);
}

function parseRetryAfter(value: string | null, now: number): number | undefined {
  if (value === null || value.trim() === "") return undefined;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return seconds >= 0 ? Math.ceil(seconds) : undefined;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - now) / 1000));
}

function secondsInWords(text: string): number | undefined {
  const match = WAIT.exec(text);
  if (!match) return undefined;
  const amount = Number(match[2]);
  const seconds = match[3]?.toLowerCase() === "ms" ? amount / 1000 : amount;
  return Math.ceil(Number(match[1] ?? 0) * 60 + seconds);
}
