import { ApiError, type Detail } from "./errors.ts";

/** What a field takes. Optional ones may be left out; those with a default get it then. */
export type Rule =
  & { required?: boolean; default?: unknown }
  & (
    | { type: "text"; maxLength: number }
    | { type: "number" | "boolean" | "date" | "email" | "url" | "list" }
    | { type: "choice"; choices: readonly string[] }
  );

/** A rule for every field of T. */
export type Rules<T> = { [K in keyof Required<T>]: Rule };

/** New values of some fields; null takes an optional one away. */
export type Changes<T> = { [K in keyof T]?: T[K] | null };

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const LIST_LENGTH_MAX = 50;
const LIST_ITEM_LENGTH_MAX = 100;

/** The input as a T, with defaults filled in. Throws an `ApiError` that names every field that is wrong. */
export function validate<T>(input: unknown, rules: Rules<T>): T {
  const values = recordOf(input);
  const details = unknownFields(values, rules);
  const result: Record<string, unknown> = {};
  for (const [field, rule] of entriesOf(rules)) {
    const value = values[field];
    if (value === undefined || value === null) {
      if (rule.required) details.push({ field, message: "is required" });
      else if (rule.default !== undefined) result[field] = rule.default;
      continue;
    }
    const message = problemOf(value, rule);
    if (message) details.push({ field, message });
    else result[field] = cleaned(value);
  }
  return accepted<T>(result, details);
}

/** Like `validate`, for input that holds only what is to change. */
export function validateChanges<T>(input: unknown, rules: Rules<T>): Changes<T> {
  const values = recordOf(input);
  const details = unknownFields(values, rules);
  const result: Record<string, unknown> = {};
  for (const [field, rule] of entriesOf(rules)) {
    const value = values[field];
    if (value === undefined) continue;
    const isKept = rule.required === true || rule.default !== undefined;
    const message = value === null ? (isKept ? "cannot be taken away" : undefined) : problemOf(value, rule);
    if (message) details.push({ field, message });
    else result[field] = cleaned(value);
  }
  return accepted<Changes<T>>(result, details);
}

function recordOf(input: unknown): Record<string, unknown> {
  if (typeof input === "object" && input !== null && !Array.isArray(input)) return { ...input };
  throw new ApiError(400, "bad_request", "The body must be a JSON object");
}

function entriesOf<T>(rules: Rules<T>): [string, Rule][] {
  return Object.entries<Rule>(rules);
}

function unknownFields<T>(values: Record<string, unknown>, rules: Rules<T>): Detail[] {
  return Object.keys(values).filter((field) => !Object.hasOwn(rules, field)).map((field) => ({
    field,
    message: "is not a field",
  }));
}

function accepted<T>(result: unknown, details: Detail[]): T {
  if (details.length === 0) return result as T;
  throw new ApiError(422, "invalid", "Some fields are not right", details);
}

function cleaned(value: unknown): unknown {
  return typeof value === "string" ? value.trim() : value;
}

/** What is wrong with a value, if anything. */
function problemOf(value: unknown, rule: Rule): string | undefined {
  switch (rule.type) {
    case "number":
      return typeof value === "number" && Number.isFinite(value) ? undefined : "must be a number";
    case "boolean":
      return typeof value === "boolean" ? undefined : "must be true or false";
    case "list":
      return isListOfTexts(value) ? undefined : `must be a list of at most ${LIST_LENGTH_MAX} short texts`;
    default:
      return typeof value === "string" ? problemOfText(value.trim(), rule) : "must be text";
  }
}

function problemOfText(text: string, rule: Rule): string | undefined {
  switch (rule.type) {
    case "text":
      if (rule.required && text === "") return "must not be empty";
      return text.length <= rule.maxLength ? undefined : `must have at most ${rule.maxLength} characters`;
    case "choice":
      return rule.choices.includes(text) ? undefined : `must be one of: ${rule.choices.join(", ")}`;
    case "email":
      return EMAIL.test(text) ? undefined : "must be an e-mail address";
    case "date":
      return isDay(text) ? undefined : "must be a date such as 2025-01-31";
    case "url":
      return isWebAddress(text) ? undefined : "must be an address that begins with http:// or https://";
    default:
      return undefined;
  }
}

function isListOfTexts(value: unknown): boolean {
  return Array.isArray(value) && value.length <= LIST_LENGTH_MAX &&
    value.every((item) => typeof item === "string" && item !== "" && item.length <= LIST_ITEM_LENGTH_MAX);
}

function isDay(text: string): boolean {
  const time = DAY.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
