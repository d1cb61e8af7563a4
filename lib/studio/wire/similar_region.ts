const AROUND = 3;
const LINES_MAX = 80;
/** Lines of the search that are compared with every line of the file. */
const COMPARED_MAX = 40;

/** The lines of a file at a place, with a few around it, as they are. */
export function regionAt(lines: string[], from: number, count: number): string {
  const start = Math.max(0, from - AROUND);
  const end = Math.min(lines.length, from + count + AROUND, start + LINES_MAX);
  return lines.slice(start, end).map((line) => `${line}\n`).join("");
}

/** The place in a file whose lines are most like those that were searched: the first of the best. */
export function similarPlace(lines: string[], searched: string[]): number {
  const sought = searched.map((line, i) => ({ i, text: line.trim() })).filter(({ text }) => text !== "")
    .slice(0, COMPARED_MAX).map(({ i, text }) => ({ i, text, words: wordsOf(text) }));
  const scores = new Map<number, number>();
  lines.forEach((line, at) => {
    const text = line.trim();
    if (text === "") return;
    const words = wordsOf(text);
    for (const other of sought) {
      const score = text === other.text ? 1.5 : similarity(words, other.words);
      if (score > 0) scores.set(at - other.i, (scores.get(at - other.i) ?? 0) + score);
    }
  });
  let best = 0;
  let bestScore = 0;
  for (const [place, score] of scores) {
    if (score <= bestScore) continue;
    best = place;
    bestScore = score;
  }
  return Math.max(0, best);
}

function wordsOf(text: string): Set<string> {
  return new Set(text.slice(0, 500).match(/[\p{L}\p{N}_$]+|[^\s\p{L}\p{N}_$]/gu) ?? []);
}

/** Dice's coefficient of two lines' words: 0 for nothing in common, 1 for all. */
function similarity(a: Set<string>, b: Set<string>): number {
  let common = 0;
  for (const word of a) if (b.has(word)) common++;
  return 2 * common / (a.size + b.size);
}
