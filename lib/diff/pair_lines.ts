/** Two lines are alike where they share this part of their words; 1 is all of them. */
const ALIKE = 0.5;
/** A hunk of more combinations of lines than this is paired line by line from its top instead. */
const COMBINATIONS_MAX = 10_000;
/** Words of a line that are compared. */
const WORDS_MAX = 200;

/**
 * Which of the removed lines became which of the added ones: pairs of indexes, both ascending, so that the likeness of all
 * pairs together is greatest. Lines without a partner are in no pair.
 */
export function pairLines(removed: string[], added: string[]): [number, number][] {
  if (removed.length === 0 || added.length === 0) return [];
  const [old, young] = [removed.map(wordsOf), added.map(wordsOf)];
  if (removed.length * added.length > COMBINATIONS_MAX) return inOrder(old, young);
  return bestPairs(old.map((words) => young.map((others) => likeness(words, others))));
}

interface Words {
  counts: Map<string, number>;
  total: number;
}

function wordsOf(line: string): Words {
  const counts = new Map<string, number>();
  const words = line.match(/[\p{L}\p{N}_]+|[^\s\p{L}\p{N}_]/gu)?.slice(0, WORDS_MAX) ?? [];
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return { counts, total: words.length };
}

/** The Dice coefficient of the words of two lines; two lines without words are alike, they differ in white space only. */
function likeness(a: Words, b: Words): number {
  if (a.total + b.total === 0) return 1;
  let shared = 0;
  for (const [word, count] of a.counts) shared += Math.min(count, b.counts.get(word) ?? 0);
  return 2 * shared / (a.total + b.total);
}

function inOrder(old: Words[], young: Words[]): [number, number][] {
  return old.flatMap((words, i): [number, number][] => {
    const other = young[i];
    return other && likeness(words, other) >= ALIKE ? [[i, i]] : [];
  });
}

/** The heaviest common subsequence (dynamic programming from the end), where only pairs that are alike weigh anything. */
function bestPairs(alike: number[][]): [number, number][] {
  const width = alike[0]?.length ?? 0;
  const best = alike.map(() => new Float64Array(width + 1));
  best.push(new Float64Array(width + 1));
  const at = (i: number, j: number) => best[i]?.[j] ?? 0;
  const weight = (i: number, j: number) => {
    const value = alike[i]?.[j] ?? 0;
    return value < ALIKE ? 0 : value;
  };
  for (let i = alike.length - 1; i >= 0; i--) {
    const row = best[i];
    if (!row) continue;
    for (let j = width - 1; j >= 0; j--) {
      row[j] = Math.max(at(i + 1, j), at(i, j + 1), weight(i, j) && weight(i, j) + at(i + 1, j + 1));
    }
  }
  const pairs: [number, number][] = [];
  for (let i = 0, j = 0; i < alike.length && j < width;) {
    const taken = weight(i, j);
    if (taken > 0 && at(i, j) === taken + at(i + 1, j + 1)) pairs.push([i++, j++]);
    else if (at(i, j) === at(i + 1, j)) i++;
    else j++;
  }
  return pairs;
}
