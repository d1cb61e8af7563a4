import type { FakeAnswer, FakePrompt } from "../fakes/mod.ts";
import { seededRandom } from "../random.ts";

/** The name under which all nodes offer the scripted model. */
export const SCRIPTED_MODEL = "scripted:1b";

const WORDS = [
  "👩‍👩‍👧‍👦",
  "🏳️‍🌈",
  "👍🏽",
  "𝔘𝔫𝔦",
  "e\u0301te\u0301",
  "日本語",
  "नमस्ते",
  "שלום",
  "\\n",
  '"quoted"',
  "{}",
  "data:",
  "[DONE]",
  "</s>",
];
const SPACES = [" ", " ", " ", "  ", "\n", "\n\n", " \n", "\t", "\r\n", "\n    ", "\u00a0"];

/**
 * How a server takes a request whose last message is the beginning of the answer: it goes on; it knows no such thing and says
 * everything once more; or it goes on, but never begins with white space.
 */
export type Continuing = "continues" | "repeats" | "trims";

/** What the scripted model answers to a prompt: always the same, never with a period, and hard to put together. */
export function scriptedText(prompt: string): string {
  const random = seededRandom(hash(prompt));
  const pick = (from: readonly string[]) => from[Math.floor(random() * from.length)] ?? "";
  // A beginning by which answers can be told apart.
  let text = `${prompt}: ${randomWord(random)}`;
  for (let i = 0; i < 45; i++) text += pick(SPACES) + (random() < 0.35 ? pick(WORDS) : randomWord(random));
  return text;
}

/** The text in pieces of one to six characters, cut anywhere but within a character; the first is a longer one. */
export function anyPieces(text: string, random: () => number): string[] {
  const characters = Array.from(text);
  const pieces = characters.length > 12 ? [characters.splice(0, 12).join("")] : [];
  while (characters.length > 0) pieces.push(characters.splice(0, 1 + Math.floor(random() * 6)).join(""));
  return pieces;
}

/** The text in words with the white space after them. */
export function wordPieces(text: string): string[] {
  return text.match(/\s*\S+\s*/g) ?? [text];
}

/** The last thing that a person said. */
export function questionOf({ messages }: FakePrompt): string {
  return messages.findLast(({ role }) => role === "user")?.text ?? "";
}

/** The beginning that the server is to go on with; undefined where there is none. */
export function begunOf({ messages }: FakePrompt): string | undefined {
  const last = messages.at(-1);
  return last?.role === "assistant" ? last.text : undefined;
}

/** What is left to say of a text. Throws where the beginning is not that of the text. */
export function leftOf(text: string, begun: string | undefined, how: Continuing): string {
  if (begun === undefined || how === "repeats") return text;
  if (!text.startsWith(begun)) {
    throw new Error(`The answer does not begin like this: ${JSON.stringify(begun)}`);
  }
  const left = text.slice(begun.length);
  return how === "trims" ? left.trimStart() : left;
}

/** The scripted model's answer to a request. */
export function scriptedAnswer(
  prompt: FakePrompt,
  random: () => number,
  how: Continuing = "continues",
): FakeAnswer {
  const left = leftOf(scriptedText(questionOf(prompt)), begunOf(prompt), how);
  const deltas = how === "trims" ? wordPieces(left) : anyPieces(left, random);
  return { deltas, usage: { prompt: 7, completion: deltas.length } };
}

/** A number for a text (FNV-1a). */
export function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value >>> 0;
}

function randomWord(random: () => number): string {
  return Math.floor(random() * 36 ** 6).toString(36) + Math.floor(random() * 36 ** 4).toString(36);
}
