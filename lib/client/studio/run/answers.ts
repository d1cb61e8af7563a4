import { formatNumber } from "../../format.ts";
import type { ProcessResponse } from "../../../shared/mod.ts";

/** Longer bodies (characters) are cut: an element of a page is no place for them. */
export const SHOWN_BODY = 200_000;
/** Headers that differ every time, and say nothing of the version. */
const VOLATILE = new Set(["date", "content-length", "x-request-id", "x-response-time", "etag"]);

/** A body as one reads it: JSON with its structure, everything else as it came. */
export function prettyBody({ headers, body }: ProcessResponse): string {
  const type = headers["content-type"] ?? "";
  const isJson = type.includes("json") || (type === "" && /^\s*[[{]/.test(body));
  if (!isJson) return body;
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch (error) {
    // An API that announces JSON and sends something else shows just that.
    if (error instanceof SyntaxError) return body;
    throw error;
  }
}

/** What two answers to the same request differ in. */
export interface AnswerComparison {
  sameStatus: boolean;
  /** Headers that differ: what each has, null where it has none. */
  headers: { name: string; before: string | null; after: string | null }[];
  /** The bodies to compare, in a readable form. */
  before: string;
  after: string;
}

/** Compares two answers; times and the like are left out. */
export function compareAnswers(a: ProcessResponse, b: ProcessResponse): AnswerComparison {
  const names = [...new Set([...Object.keys(a.headers), ...Object.keys(b.headers)])].sort();
  const headers = names
    .map((name) => ({ name, before: a.headers[name] ?? null, after: b.headers[name] ?? null }))
    .filter(({ name, before, after }) => before !== after && !VOLATILE.has(name.toLowerCase()));
  return { sameStatus: a.status === b.status, headers, before: prettyBody(a), after: prettyBody(b) };
}

/** Whether nothing differs. */
export function isSameAnswer({ sameStatus, headers, before, after }: AnswerComparison): boolean {
  return sameStatus && headers.length === 0 && before === after;
}

/** The time of an answer: APIs answer in fractions of a second. */
export function milliseconds(ms: number, language: string): string {
  return `${formatNumber(ms, language, ms < 10 ? 1 : 0)} ms`;
}
