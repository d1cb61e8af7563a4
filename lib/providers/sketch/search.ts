import { stems } from "./words.ts";

/** A text that can be found. */
export interface Passage {
  title: string;
  text: string;
}

/** A passage with how well it fits the question. */
export interface Hit<P extends Passage> {
  passage: P;
  score: number;
  /** The part of the question's weight, 0 to 1, whose words the passage has. */
  coverage: number;
}

/** The usual parameters of BM25. */
const SATURATION = 1.2;
const LENGTH_NORMALIZATION = 0.75;
/** A word in the title counts as often as this in the text. */
const TITLE_WEIGHT = 4;

interface Entry<P> {
  passage: P;
  counts: Map<string, number>;
  length: number;
}

/** Finds passages by their words, ranked by BM25 (https://en.wikipedia.org/wiki/Okapi_BM25). */
export class PassageIndex<P extends Passage> {
  #entries: Entry<P>[];
  #documentCounts = new Map<string, number>();
  #averageLength: number;

  constructor(passages: readonly P[]) {
    this.#entries = passages.map((passage) => {
      const counts = new Map<string, number>();
      const words = stems(passage.text);
      for (const word of words) add(counts, word, 1);
      for (const word of stems(passage.title)) add(counts, word, TITLE_WEIGHT);
      for (const word of counts.keys()) add(this.#documentCounts, word, 1);
      return { passage, counts, length: words.length };
    });
    const total = this.#entries.reduce((sum, { length }) => sum + length, 0);
    this.#averageLength = total / Math.max(1, this.#entries.length) || 1;
  }

  /** The passages that share words with the question, best first. */
  search(question: string): Hit<P>[] {
    const terms = [...new Set(stems(question))];
    const weights = terms.map((term) => this.#weight(term));
    const totalWeight = weights.reduce((sum, weight) => sum + weight, 0);
    return this.#entries.flatMap((entry) => {
      let score = 0;
      let covered = 0;
      terms.forEach((term, i) => {
        const count = entry.counts.get(term);
        if (count === undefined) return;
        const weight = weights[i] ?? 0;
        covered += weight;
        score += weight * this.#termFrequency(count, entry.length);
      });
      return score > 0 ? [{ passage: entry.passage, score, coverage: covered / totalWeight }] : [];
    }).sort((a, b) => b.score - a.score);
  }

  /** Rare words say more. */
  #weight(term: string): number {
    const containing = this.#documentCounts.get(term) ?? 0;
    return Math.log(1 + (this.#entries.length - containing + 0.5) / (containing + 0.5));
  }

  #termFrequency(count: number, length: number): number {
    const relativeLength = 1 - LENGTH_NORMALIZATION + LENGTH_NORMALIZATION * length / this.#averageLength;
    return count * (SATURATION + 1) / (count + SATURATION * relativeLength);
  }
}

function add(counts: Map<string, number>, word: string, count: number): void {
  counts.set(word, (counts.get(word) ?? 0) + count);
}
