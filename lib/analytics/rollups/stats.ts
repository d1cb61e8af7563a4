import { emptyHistogram, type Histogram, mergeHistogram } from "./histogram.ts";

/** What is counted of calls, in the order in which it is kept. New ones go to the end. */
export const FIGURES = [
  "calls",
  "complete",
  "cancelled",
  "failed",
  /** How often a node was asked; more than `calls` where another one had to be. */
  "attempts",
  "promptTokens",
  "completionTokens",
  "reasoningTokens",
  "cachedTokens",
  /** Nano-dollars. */
  "costNano",
  /** Tokens at hosted nodes for which no price is known. */
  "unpricedTokens",
  /** Tokens of answers whose first token was seen, and the ms from it to their end. */
  "writtenTokens",
  "writingMs",
] as const;

/** One of `FIGURES`. */
export type Figure = (typeof FIGURES)[number];

/** Sums over calls, with histograms of their times. All of it can be merged, in any order. */
export interface Stats {
  /** In the order of `FIGURES`. */
  figures: number[];
  /** ms to the first token. */
  firstToken: Histogram;
  /** ms of the whole call. */
  duration: Histogram;
  /** Of a day: for each hour of UTC in which there were calls, the hour, the calls and their tokens. */
  hours?: number[];
}

/** The places of figures. */
export const FIGURE: Readonly<Record<Figure, number>> = Object.fromEntries(
  FIGURES.map((figure, i) => [figure, i]),
) as Record<Figure, number>;

/** Stats of no calls. */
export function emptyStats(): Stats {
  return { figures: FIGURES.map(() => 0), firstToken: emptyHistogram(), duration: emptyHistogram() };
}

/** One figure. */
export function figureOf({ figures }: Stats, figure: Figure): number {
  return figures[FIGURE[figure]] ?? 0;
}

/** Adds to a figure, by its place; every row of the ledger comes by here some thirty times. */
export function plus(figures: number[], place: number, added: number): void {
  figures[place] = (figures[place] ?? 0) + added;
}

/** Counts a call in its hour of the day, in place. */
export function addHour(stats: Stats, hour: number, calls: number, tokens: number): void {
  const hours = stats.hours ??= [];
  let i = 0;
  while (i < hours.length && (hours[i] ?? 0) < hour) i += 3;
  if (hours[i] === hour) {
    hours[i + 1] = (hours[i + 1] ?? 0) + calls;
    hours[i + 2] = (hours[i + 2] ?? 0) + tokens;
  } else hours.splice(i, 0, hour, calls, tokens);
}

/** Adds what other stats have counted, in place; their hours only where they are of the same day. */
export function mergeStats(into: Stats, from: Stats, sameDay = false): void {
  for (let i = 0; i < from.figures.length; i++) {
    into.figures[i] = (into.figures[i] ?? 0) + (from.figures[i] ?? 0);
  }
  mergeHistogram(into.firstToken, from.firstToken);
  mergeHistogram(into.duration, from.duration);
  if (!sameDay) return;
  for (let i = 0; i + 2 < (from.hours?.length ?? 0); i += 3) {
    addHour(into, from.hours?.[i] ?? 0, from.hours?.[i + 1] ?? 0, from.hours?.[i + 2] ?? 0);
  }
}
