/** The value below which `share` (0 to 1) of the values lie, by the nearest rank; NaN without values. */
export function percentile(values: readonly number[], share: number): number {
  return rankIn(Float64Array.from(values).sort(), share);
}

/** The 50th and the 99th percentile. */
export function spread(values: readonly number[]): { p50: number; p99: number } {
  const sorted = Float64Array.from(values).sort();
  return { p50: rankIn(sorted, 0.5), p99: rankIn(sorted, 0.99) };
}

function rankIn(sorted: Float64Array, share: number): number {
  const rank = Math.max(1, Math.ceil(share * sorted.length));
  return sorted[rank - 1] ?? NaN;
}

/** The middle value; of an even number of them, the mean of the middle two. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}
