import { seededRandom } from "../random.ts";

const SUBJECTS = [
  "The stream",
  "A small model",
  "The server",
  "Every node",
  "The gateway",
  "A long answer",
  "The queue",
  "Our cache",
  "The old parser",
  "A patient reader",
];
const VERBS = [
  "carries",
  "measures",
  "sorts",
  "follows",
  "repeats",
  "keeps",
  "splits",
  "waits for",
  "sends",
  "compares",
];
const OBJECTS = [
  "**every token** in its order",
  "the *last* message",
  "a list of `events`",
  "what came before",
  "one block after another",
  "the shortest path",
  "several requests at once",
  "the [documentation](https://docs.deno.com)",
  "a table of numbers",
  "nothing that is not needed",
];
const ENDINGS = [
  "without hurry",
  "before the next frame",
  "as long as the connection holds",
  "so that nobody has to wait",
  "and says so",
  "once in a while",
  "even on a slow machine",
  "from the first byte on",
];
const TOPICS = [
  "Flow",
  "Order",
  "Patience",
  "Water",
  "Numbers",
  "Roots",
  "Light",
  "Edges",
  "Signals",
  "Rest",
];

type Random = () => number;

/** Sample Markdown with headings, paragraphs, lists, code, tables and quotes: exactly `length` characters, the same for a seed. */
export function sampleText(length: number, seed: number): string {
  return generate(seed, (text) => text.length >= length).slice(0, length);
}

/** Sample Markdown of at least so many words, the same for a seed. */
export function sampleWords(count: number, seed: number): string {
  let words = 0;
  return generate(seed, (_, added) => (words += added.split(/\s+/).length) >= count);
}

function generate(seed: number, isEnough: (text: string, added: string) => boolean): string {
  const random = seededRandom(seed);
  const blocks = [paragraph, list, paragraph, code, paragraph, table, quote];
  let text = "";
  for (let i = 0;; i++) {
    const block = blocks[i % blocks.length] ?? paragraph;
    const heading = i % 3 === 0 ? `## ${i / 3 + 1}. ${pick(TOPICS, random)}\n\n` : "";
    const added = `${text && "\n\n"}${heading}${block(random)}`;
    text += added;
    if (isEnough(text, added)) return text;
  }
}

function pick(items: readonly string[], random: Random): string {
  return items[Math.floor(random() * items.length)] ?? "";
}

function sentence(random: Random): string {
  return `${pick(SUBJECTS, random)} ${pick(VERBS, random)} ${pick(OBJECTS, random)} ${
    pick(ENDINGS, random)
  }.`;
}

function several(least: number, most: number, random: Random): undefined[] {
  return Array.from({ length: least + Math.floor(random() * (most - least + 1)) });
}

function paragraph(random: Random): string {
  return several(3, 6, random).map(() => sentence(random)).join(" ");
}

function list(random: Random): string {
  const ordered = random() < 0.5;
  return several(3, 6, random).map((_, i) => `${ordered ? `${i + 1}.` : "-"} ${sentence(random)}`).join("\n");
}

function code(random: Random): string {
  const lines = several(4, 12, random).map((_, i) => {
    const number = Math.floor(random() * 1_000);
    return `  const value${i} = measure(${number}, "${pick(TOPICS, random)}"); // ${pick(ENDINGS, random)}`;
  });
  return `\`\`\`ts\nfunction sample() {\n${lines.join("\n")}\n}\n\`\`\``;
}

function table(random: Random): string {
  const rows = several(3, 8, random).map(() =>
    `| ${pick(TOPICS, random)} | ${Math.floor(random() * 10_000)} | ${pick(ENDINGS, random)} |`
  );
  return `| topic | number | note |\n| --- | ---: | --- |\n${rows.join("\n")}`;
}

function quote(random: Random): string {
  return several(1, 3, random).map(() => `> ${sentence(random)}`).join("\n");
}
