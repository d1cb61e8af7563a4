import { withFooter } from "../about.ts";
import type { AttachedFile } from "../conversation.ts";
import type { Documentation, Section } from "../documentation.ts";
import { type Hit, type Passage, PassageIndex } from "../search.ts";
import { keywords } from "../words.ts";

/** What a section must have of the question to be an answer to it. */
const MIN_COVERAGE = 0.5;
/** A second section is quoted if it fits nearly as well. */
const MIN_SHARE_OF_BEST = 0.7;
const MAX_QUOTE = 1_500;
const LINES_IN_PASSAGE = 30;

/** The best sections of the documentation on a question; undefined where none fits. */
export async function documentationAnswer(
  documentation: Documentation,
  question: string,
): Promise<string | undefined> {
  const hits = fitting((await documentation.index()).search(question));
  if (hits.length === 0) return undefined;
  const quotes = hits.map(({ passage }) => quoteSection(passage));
  return withFooter(`This is what Freshet's documentation says:\n\n${quotes.join("\n\n")}`);
}

/** What the attached files say about a question, or at least what they are. */
export function filesAnswer(files: readonly AttachedFile[], question: string): string {
  const [best] = fitting(new PassageIndex(files.flatMap(passagesOf)).search(question));
  if (best) {
    return withFooter(`In **${best.passage.title}** I found:\n\n${quoteText(best.passage.text)}`);
  }
  const list = files.map(({ name, text }) =>
    `- **${name}**: ${text.length} characters, begins with "${beginning(text)}"`
  );
  return withFooter(
    `You attached:\n\n${
      list.join("\n")
    }\n\nI can only look for words in files. Ask with words that stand in them.`,
  );
}

/** An honest answer to what no rule covers. */
export function fallbackAnswer(question: string, sees: { image: boolean }): string {
  const image = sees.image ? "I cannot see images. " : "";
  const about = keywords(question).slice(0, 6).join(" ");
  const nothing = about
    ? `I found nothing about "${about}" in Freshet's documentation, and I cannot think up an answer.`
    : "I found no question in that.";
  return withFooter(`${image}${nothing} Ask *"help"* to see what I can do.`);
}

function fitting<P extends Passage>(hits: Hit<P>[]): Hit<P>[] {
  const best = hits[0]?.score ?? 0;
  return hits.slice(0, 2).filter(({ score, coverage }) =>
    coverage >= MIN_COVERAGE && score >= best * MIN_SHARE_OF_BEST
  );
}

function quoteSection({ title, path, text }: Section): string {
  // Addresses within the project lead nowhere from a chat.
  const quoted = text.replace(/\[([^\]\n]+)\]\((?!https?:)[^)\n]+\)/g, "$1");
  return `### ${title}\n\n${quoteText(quoted)}\n\n*Source: ${path}*`;
}

/** The beginning of a text, cut between paragraphs, with no code block left open. */
function quoteText(text: string): string {
  if (text.length <= MAX_QUOTE) return text;
  const cut = text.slice(0, MAX_QUOTE);
  const paragraph = cut.lastIndexOf("\n\n");
  const kept = paragraph > 0 ? cut.slice(0, paragraph) : cut;
  const isOpen = (kept.match(/^ {0,3}```/gm)?.length ?? 0) % 2 === 1;
  return `${kept}${isOpen ? "\n```" : ""}\n\n…`;
}

function passagesOf({ name, text }: AttachedFile): Passage[] {
  const lines = text.split("\n");
  const count = Math.ceil(lines.length / LINES_IN_PASSAGE);
  return Array.from({ length: count }, (_, i) => ({
    title: name,
    text: lines.slice(i * LINES_IN_PASSAGE, (i + 1) * LINES_IN_PASSAGE).join("\n").trim(),
  }));
}

function beginning(text: string): string {
  return text.trim().split("\n", 1)[0]?.slice(0, 80) ?? "";
}
