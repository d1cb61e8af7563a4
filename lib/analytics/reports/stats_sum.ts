import { BUCKETS, type Histogram } from "../rollups/histogram.ts";
import { emptyStats, FIGURES, type Stats } from "../rollups/stats.ts";

/** A sum over many stats: a place for each bucket makes adding a year of days quick. */
export class StatsSum {
  readonly #figures = new Float64Array(FIGURES.length);
  readonly #firstToken = new Float64Array(BUCKETS + 1);
  readonly #duration = new Float64Array(BUCKETS + 1);

  /** Adds what stats have counted, or takes it away that was added before. */
  add({ figures, firstToken, duration }: Stats, sign: 1 | -1 = 1): void {
    for (let i = 0; i < figures.length; i++) addTo(this.#figures, i, sign * (figures[i] ?? 0));
    addHistogram(this.#firstToken, firstToken, sign);
    addHistogram(this.#duration, duration, sign);
  }

  /** Adds another sum. */
  addSum(other: StatsSum): void {
    for (let i = 0; i < this.#figures.length; i++) addTo(this.#figures, i, other.#figures[i]);
    for (let i = 0; i <= BUCKETS; i++) {
      addTo(this.#firstToken, i, other.#firstToken[i]);
      addTo(this.#duration, i, other.#duration[i]);
    }
  }

  /** The sum as stats. */
  stats(): Stats {
    return {
      ...emptyStats(),
      figures: [...this.#figures],
      firstToken: histogramOf(this.#firstToken),
      duration: histogramOf(this.#duration),
    };
  }
}

/** The last place is the sum of the times. */
function addHistogram(places: Float64Array, histogram: Histogram, sign: 1 | -1): void {
  addTo(places, BUCKETS, sign * (histogram[0] ?? 0));
  for (let i = 1; i < histogram.length; i += 2) {
    addTo(places, histogram[i] ?? 0, sign * (histogram[i + 1] ?? 0));
  }
}

function histogramOf(places: Float64Array): Histogram {
  const histogram: Histogram = [places[BUCKETS] ?? 0];
  for (let bucket = 0; bucket < BUCKETS; bucket++) {
    const count = places[bucket] ?? 0;
    if (count > 0) histogram.push(bucket, count);
  }
  return histogram;
}

function addTo(places: Float64Array, i: number, added = 0): void {
  places[i] = (places[i] ?? 0) + added;
}
