/**
 * A duration as OpenAI writes it in its `x-ratelimit-reset-*` headers, in the manner of Go: `0s`, `120ms`, `8.64s`, `6m0s`,
 * `1h2m3s`. Rounds up to whole ms.
 *
 * @example
 * ```ts
 * formatDuration(360_000); // "6m0s"
 * ```
 */
export function formatDuration(ms: number): string {
  const whole = Math.max(0, Math.ceil(ms));
  if (whole === 0) return "0s";
  if (whole < 1_000) return `${whole}ms`;
  const minutes = Math.floor(whole / 60_000);
  const seconds = `${(whole % 60_000) / 1_000}s`;
  if (minutes === 0) return seconds;
  const hours = Math.floor(minutes / 60);
  return hours === 0 ? `${minutes}m${seconds}` : `${hours}h${minutes % 60}m${seconds}`;
}
