import { ERROR_STATUS, type ErrorCode, type PromptMessage } from "../../shared/mod.ts";
import { personText, systemText } from "./conversation.ts";

/** What a prompt asks of the way an answer is given, for trying out and testing what is around a model. */
export interface Directives {
  /** ms before each token. */
  paceMs: number;
  /** Fails with this code after so many tokens. */
  error?: { code: ErrorCode; after: number };
  /** Says nothing more after so many tokens, until it is aborted. */
  stallAfter?: number;
  /** Ends without a finish after so many tokens. */
  cutAfter?: number;
  /** So many tokens come at once, then a pause as long as they would have taken. */
  burst: number;
  /** Steps of loading the model before the answer. */
  loadingSteps: number;
  /** What is thought before the answer. */
  think?: string;
  /** The answer, word for word. */
  say?: string;
  repeat?: { count: number; text: string };
  /** Characters of sample text. */
  long?: number;
}

/** About sixty tokens a second. */
const DEFAULT_PACE_MS = 16;
const MAX_PACE_MS = 60_000;
const MAX_CHARACTERS = 2_000_000;
const MAX_STEPS = 1_000;

const NAMES = "pace|error|stall|cut|burst|loading|think|say|repeat|long";
const CODES = Object.keys(ERROR_STATUS).join("|");
/** To the end of the line or the next directive. */
const WORDS = `([^\\n]+?)(?=[ \\t]+/(?:${NAMES})\\b|\\n|$)`;

type Setter = (directives: Directives, first: string, second: string) => void;

/** In the order in which they are looked for: what `/say` says is no directive. */
const RULES: [RegExp, Setter][] = [
  rule(`say\\s+"((?:[^"\\\\]|\\\\[^])*)"`, (directives, text) => directives.say = unescape(text)),
  rule(`think[ \\t]+${WORDS}`, (directives, text) => directives.think = text.trim()),
  rule(`repeat\\s+(\\d+)[ \\t]+${WORDS}`, (directives, count, text) => {
    directives.repeat = { count: Number(count), text: text.trim() };
  }),
  rule(`error\\s+(${CODES})(?:\\s+after\\s+(\\d+))?`, (directives, code, after) => {
    if (isErrorCode(code)) directives.error = { code, after: Number(after) };
  }),
  rule("stall\\s+after\\s+(\\d+)", (directives, after) => directives.stallAfter = Number(after)),
  rule("cut\\s+after\\s+(\\d+)", (directives, after) => directives.cutAfter = Number(after)),
  rule("burst\\s+(\\d+)", (directives, count) => directives.burst = Math.max(1, bounded(count, MAX_STEPS))),
  rule("loading\\s+(\\d+)", (directives, steps) => directives.loadingSteps = bounded(steps, MAX_STEPS)),
  rule("long\\s+(\\d+)", (directives, length) => directives.long = bounded(length, MAX_CHARACTERS)),
  rule("pace\\s+(\\d+)", (directives, ms) => directives.paceMs = bounded(ms, MAX_PACE_MS)),
];

/** How an answer is given where nothing else is asked. */
export function defaultDirectives(paceMs = DEFAULT_PACE_MS): Directives {
  return { paceMs, burst: 1, loadingSteps: 0 };
}

/** The directives of the last message; `/pace` may stand in the system prompt too. Without one the pace is `paceMs`. */
export function readDirectives(messages: readonly PromptMessage[], paceMs = DEFAULT_PACE_MS): Directives {
  const inSystem = defaultDirectives(paceMs);
  extract(systemText(messages), inSystem);
  const directives = defaultDirectives(inSystem.paceMs);
  extract(personText(messages), directives);
  return directives;
}

/** The text without its directives. */
export function withoutDirectives(text: string): string {
  return extract(text, defaultDirectives()).trim();
}

function extract(text: string, directives: Directives): string {
  let rest = text;
  for (const [pattern, set] of RULES) {
    rest = rest.replace(pattern, (_, first: string, second?: string) => {
      set(directives, first, typeof second === "string" ? second : "0");
      return "";
    });
  }
  return rest;
}

function rule(pattern: string, set: Setter): [RegExp, Setter] {
  return [new RegExp(`(?<=^|\\s)/${pattern}(?=\\s|$)`, "g"), set];
}

/** The text that is repeated, up to the limit. */
export function repeatedText({ count, text }: { count: number; text: string }): string {
  const times = Math.min(count, Math.floor(MAX_CHARACTERS / (text.length + 1)));
  return Array.from({ length: times }, () => text).join(" ");
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(ERROR_STATUS, code);
}

function bounded(digits: string, max: number): number {
  return Math.min(Number(digits), max);
}

/** As in JSON, but with line breaks as they are. */
function unescape(text: string): string {
  return text.replace(/\\([^])/g, (_, char: string) => ({ n: "\n", t: "\t" })[char] ?? char);
}
