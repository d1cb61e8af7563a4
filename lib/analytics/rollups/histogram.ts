/** Buckets for each doubling of the value. */
const BUCKETS_PER_DOUBLING = 8;

/** How far a percentile may be from the true value at most, as a share of it: half a bucket, 2^(1/16) − 1. */
export const HISTOGRAM_ERROR = 2 ** (1 / (2 * BUCKETS_PER_DOUBLING)) - 1;

/** Beyond any call: 2^26 ms are 18 hours. */
const LAST_BUCKET = 26 * BUCKETS_PER_DOUBLING;

/** How many buckets there are. */
export const BUCKETS = LAST_BUCKET + 1;

/**
 * Times in ms, counted in buckets that grow by 2^(1/8): the sum of the times, then pairs of a bucket and its count, by bucket.
 * Whatever was counted apart can be merged, and the percentiles are the same as if it had been counted together.
 */
export type Histogram = number[];

/** A histogram of nothing. */
export function emptyHistogram(): Histogram {
  return [0];
}

/** The bucket of a time: 0 up to 1 ms, then eight for each doubling. */
export function bucketOf(ms: number): number {
  if (!(ms > 1)) return 0;
  return Math.min(LAST_BUCKET, 1 + Math.floor(Math.log2(ms) * BUCKETS_PER_DOUBLING));
}

/** The time that stands for all of a bucket, in ms: the geometric middle. */
export function middleOf(bucket: number): number {
  return bucket === 0 ? 1 : 2 ** ((bucket - 0.5) / BUCKETS_PER_DOUBLING);
}

/** Counts one time, in place. */
export function observe(histogram: Histogram, ms: number): void {
  histogram[0] = (histogram[0] ?? 0) + ms;
  add(histogram, bucketOf(ms), 1);
}

/** Adds what another histogram has counted, in place. */
export function mergeHistogram(into: Histogram, from: Histogram): void {
  into[0] = (into[0] ?? 0) + (from[0] ?? 0);
  for (let i = 1; i < from.length; i += 2) add(into, from[i] ?? 0, from[i + 1] ?? 0);
}

/** How many times were counted. */
export function countOf(histogram: Histogram): number {
  let count = 0;
  for (let i = 2; i < histogram.length; i += 2) count += histogram[i] ?? 0;
  return count;
}

/** The time (ms) below which `share` (0 to 1) of the times lie, by the nearest rank; null where none was counted. */
export function percentileOf(histogram: Histogram, share: number): number | null {
  const count = countOf(histogram);
  if (count === 0) return null;
  let left = Math.max(1, Math.ceil(share * count));
  for (let i = 1; i < histogram.length; i += 2) {
    left -= histogram[i + 1] ?? 0;
    if (left <= 0) return middleOf(histogram[i] ?? 0);
  }
  return null;
}

function add(histogram: Histogram, bucket: number, count: number): void {
  let low = 0;
  let high = (histogram.length - 1) / 2;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((histogram[1 + 2 * middle] ?? 0) < bucket) low = middle + 1;
    else high = middle;
  }
  const at = 1 + 2 * low;
  if (histogram[at] === bucket) histogram[at + 1] = (histogram[at + 1] ?? 0) + count;
  else histogram.splice(at, 0, bucket, count);
}
