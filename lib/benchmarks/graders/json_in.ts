import type { JsonValue } from "../../shared/mod.ts";
import { withoutThinking } from "./plain_answer.ts";

/** The JSON of an answer: all of it, a fenced block, or from the first bracket to the last; undefined where none of it is. */
export function jsonIn(answer: string): JsonValue | undefined {
  const text = withoutThinking(answer);
  const fenced = /```[\w-]*\s*\n([\s\S]*?)```/.exec(text)?.[1];
  const from = text.search(/[[{]/);
  const to = Math.max(text.lastIndexOf("}"), text.lastIndexOf("]"));
  const candidates = [text, fenced, from >= 0 && to > from ? text.slice(from, to + 1) : undefined];
  for (const candidate of candidates) {
    const value = candidate === undefined ? undefined : parsed(candidate);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** Whether a value has all that is wanted: objects may have more fields, arrays have to be the same. */
export function has(value: JsonValue | undefined, wanted: JsonValue): boolean {
  if (Array.isArray(wanted)) {
    return Array.isArray(value) && value.length === wanted.length &&
      wanted.every((item, i) => has(value[i], item));
  }
  if (typeof wanted === "object" && wanted !== null) {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
    return Object.entries(wanted).every(([key, item]) => Object.hasOwn(value, key) && has(value[key], item));
  }
  return value === wanted;
}

function parsed(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
