import type { Difference, MeanEstimate, ShareEstimate } from "../../shared/mod.ts";
import { type Moments, varianceOf } from "./moments.ts";

/** The quantile of the normal distribution that leaves 2.5 % above it. */
const Z = 1.959963984540054;
/** Below these, the expansion that is used for Student's t is too rough, and an interval says nothing anyway. */
const FREEDOM_MIN = 3;

/**
 * A share with Wilson's score interval (1927), which stays within 0 and 1 and is right for few calls and for shares near the
 * ends: centre (p + z²/2n) / (1 + z²/n), half width z/(1 + z²/n) · √(p(1 − p)/n + z²/4n²). Null of nothing.
 */
export function shareOf(hits: number, n: number): ShareEstimate | null {
  if (n <= 0) return null;
  const share = hits / n;
  const scale = 1 + Z * Z / n;
  const centre = (share + Z * Z / (2 * n)) / scale;
  const half = Z / scale * Math.sqrt(share * (1 - share) / n + Z * Z / (4 * n * n));
  return { share, low: Math.max(0, centre - half), high: Math.min(1, centre + half), n };
}

/** A mean with the interval of Student's t. Null of nothing. */
export function meanOf(moments: Moments): MeanEstimate | null {
  const { n, mean } = moments;
  if (n === 0) return null;
  const t = studentT(n - 1);
  if (t === null) return { mean, low: null, high: null, n };
  const half = t * Math.sqrt(varianceOf(moments) / n);
  return { mean, low: mean - half, high: mean + half, n };
}

/** The difference of two shares (B − A) with Newcombe's interval (1998, method 10), which is made of both of Wilson's. */
export function shareDifference(a: ShareEstimate | null, b: ShareEstimate | null): Difference | null {
  if (!a || !b) return null;
  const value = b.share - a.share;
  const below = Math.hypot(b.share - b.low, a.high - a.share);
  const above = Math.hypot(b.high - b.share, a.share - a.low);
  return { value, low: value - below, high: value + above };
}

/** The difference of two means (B − A) with Welch's interval, for which the spreads need not be the same. */
export function meanDifference(a: Moments, b: Moments): Difference | null {
  if (a.n === 0 || b.n === 0) return null;
  const value = b.mean - a.mean;
  const [va, vb] = [varianceOf(a) / a.n, varianceOf(b) / b.n];
  const spread = va + vb;
  if (a.n < 2 || b.n < 2) return { value, low: null, high: null };
  if (spread === 0) return { value, low: value, high: value };
  const freedom = spread * spread / (va * va / (a.n - 1) + vb * vb / (b.n - 1));
  const t = studentT(freedom);
  if (t === null) return { value, low: null, high: null };
  const half = t * Math.sqrt(spread);
  return { value, low: value - half, high: value + half };
}

/**
 * The quantile of Student's t that leaves 2.5 % above it, by the expansion in Abramowitz and Stegun, 26.7.5: at most 1.2 % off
 * from three degrees of freedom on. Null below.
 */
export function studentT(freedom: number): number | null {
  if (freedom < FREEDOM_MIN) return null;
  const z = Z;
  const terms = [
    (z ** 3 + z) / 4,
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96,
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384,
    (79 * z ** 9 + 776 * z ** 7 + 1482 * z ** 5 - 1920 * z ** 3 - 945 * z) / 92160,
  ];
  return terms.reduce((sum, term, i) => sum + term / freedom ** (i + 1), z);
}
