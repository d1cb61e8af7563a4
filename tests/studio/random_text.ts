/** Texts as people and models write them into files, with all that breaks tools which look at lines. */

type Random = () => number;

const WORDS = [
  "const",
  "return",
  "the",
  "naïve",
  "übergröße",
  "日本語",
  "مرحبا",
  "👩‍👩‍👧‍👦",
  "🚀",
  "e\u0301",
  "\u00e9",
  "x = 1;",
  "\u2028",
  "\0",
  "{",
  "}",
];
const ENDINGS = ["\n", "\n", "\n", "\n", "\n", "\r\n", "\r"];
const BOM = "\ufeff";
const LARGE_BYTES = 200_000;

/** A whole number from 0 to below `end`. */
export function below(random: Random, end: number): number {
  return Math.floor(random() * end);
}

/** One of several. */
export function pick<T>(random: Random, of: readonly T[]): T {
  const found = of[below(random, of.length)];
  if (found === undefined) throw new Error("There is nothing to pick from");
  return found;
}

/** A text for a new file: now and then empty or large, with a byte order mark or without an end to its last line. */
export function randomText(random: Random): string {
  const kind = random();
  if (kind < 0.06) return "";
  if (kind < 0.07) return largeText(random);
  if (kind < 0.1) return pick(random, ["\n", "\r", "\r\n", BOM, "a", "👍", "\0"]);
  const lines = Array.from({ length: 1 + below(random, 30) }, () => randomLine(random));
  return (random() < 0.05 ? BOM : "") + lines.join("") + (random() < 0.3 ? randomWords(random) : "");
}

/** The text with a few lines changed, added, removed or moved. */
export function changedText(random: Random, text: string): string {
  if (random() < 0.08) return randomText(random);
  const lines = text.split(/(?<=\n)/);
  for (let change = 0; change <= below(random, 4); change++) {
    const at = below(random, lines.length + 1);
    const kind = random();
    if (kind < 0.4) lines.splice(at, 1, randomLine(random));
    else if (kind < 0.65) lines.splice(at, 0, randomLine(random));
    else if (kind < 0.85) lines.splice(at, 1 + below(random, 5));
    else if (kind < 0.93) lines.splice(below(random, lines.length), 0, ...lines.splice(at, 3));
    else lines.push(randomWords(random));
  }
  return lines.join("");
}

function randomLine(random: Random): string {
  return randomWords(random) + pick(random, ENDINGS);
}

function randomWords(random: Random): string {
  return Array.from({ length: below(random, 9) }, () => pick(random, WORDS)).join(" ");
}

/** Some 200 KB, of which half the lines are hard to compress: more than one chunk of the store. */
function largeText(random: Random): string {
  const lines: string[] = [];
  for (let length = 0; length < LARGE_BYTES;) {
    const line = random() < 0.5
      ? Array.from({ length: 12 }, () => random().toString(36).slice(2)).join("") + "\n"
      : randomLine(random);
    length += line.length;
    lines.push(line);
  }
  return lines.join("");
}
