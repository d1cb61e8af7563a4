/** What a mean and its spread are made of, counted up one by one without keeping the values (Welford, 1962). */
export interface Moments {
  n: number;
  mean: number;
  /** The sum of the squared distances from the mean. */
  m2: number;
}

/** Moments of nothing. */
export function noMoments(): Moments {
  return { n: 0, mean: 0, m2: 0 };
}

/** Counts one value, in place. */
export function countIn(moments: Moments, value: number): void {
  moments.n++;
  const distance = value - moments.mean;
  moments.mean += distance / moments.n;
  moments.m2 += distance * (value - moments.mean);
}

/** The sample's variance; 0 of fewer than two values. */
export function varianceOf({ n, m2 }: Moments): number {
  return n < 2 ? 0 : m2 / (n - 1);
}
