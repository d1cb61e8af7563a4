import { parse } from "csv-parse/sync";
import { FreshetError } from "../../shared/mod.ts";
import { type PromptSetBody, promptSetSchema } from "./schema.ts";

/** The columns of a CSV; only `prompt` has to be there. */
export const CSV_COLUMNS = ["prompt", "system", "grader", "answer", "tolerance"] as const;

/** A file with prompts, as JSON in the shape of a set (or an array of prompts), or as CSV. */
export interface PromptFile {
  /** The set's name, where the file has none. */
  name: string;
  text: string;
}

/**
 * Reads a set from a file. In a CSV a row is a prompt: `grader` is one of `GRADER_TYPES` (`exact` unless given) and `answer`
 * what it compares with (several for `exact`, parted by `|`). Throws `invalid_request` that names the row or field.
 */
export function importSet({ name, text }: PromptFile): PromptSetBody {
  const trimmed = text.replace(/^\uFEFF/, "").trim();
  if (trimmed === "") throw invalid("The file is empty", "text");
  const isJson = trimmed.startsWith("{") || trimmed.startsWith("[");
  const raw = isJson ? fromJson(trimmed) : { prompts: fromCsv(trimmed) };
  const result = promptSetSchema.safeParse({ name, ...raw });
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const [field, at, ...rest] = issue?.path ?? [];
  const message = issue?.message ?? "it is not valid";
  if (field !== "prompts" || typeof at !== "number") throw invalid(`${String(field ?? "File")}: ${message}`);
  throw invalid(`Prompt ${at + 1}${rest.length > 0 ? `, ${rest.join(".")}` : ""}: ${message}`);
}

function fromJson(text: string): object {
  const value = parsed(text);
  if (Array.isArray(value)) {
    return { prompts: value.map((one) => typeof one === "string" ? { text: one } : one) };
  }
  if (typeof value !== "object" || value === null) throw invalid("The file has no prompts");
  // What an export of a set has besides is not taken over.
  const { name, description, prompts } = value as Record<string, unknown>;
  return {
    prompts,
    ...(name === undefined ? {} : { name }),
    ...(description === undefined ? {} : { description }),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw invalid(`Cannot parse the file as JSON: ${cause instanceof Error ? cause.message : ""}`);
  }
}

function fromCsv(text: string): object[] {
  const rows = rowsOf(text);
  if (rows.length > 0 && rows.every(({ prompt }) => prompt === undefined)) {
    throw invalid(`The first row has to name the columns; one of them has to be "prompt"`);
  }
  return rows.map((row, i) => ({
    text: row.prompt ?? "",
    ...(row.system ? { system: row.system } : {}),
    ...(row.answer ? { grader: graderOf(row, i) } : {}),
  }));
}

function rowsOf(text: string): Record<string, string>[] {
  try {
    return parse<Record<string, string>>(text, {
      columns: (names: string[]) => names.map((name) => name.trim().toLowerCase()),
      delimiter: text.split("\n", 1)[0]?.includes(";") ? ";" : ",",
      skip_empty_lines: true,
      trim: true,
    });
  } catch (cause) {
    throw invalid(`Cannot parse the file as CSV: ${cause instanceof Error ? cause.message : ""}`);
  }
}

function graderOf({ grader = "", answer = "", tolerance = "" }: Record<string, string>, row: number): object {
  switch (grader || "exact") {
    case "exact":
      return { type: "exact", answers: answer.split("|").map((one) => one.trim()).filter(Boolean) };
    case "number":
      return {
        type: "number",
        answer: numberOf(answer, row),
        ...(tolerance ? { tolerance: numberOf(tolerance, row) } : {}),
      };
    case "choice":
      return { type: "choice", answer };
    case "regex":
      return { type: "regex", pattern: answer };
    case "json":
      return { type: "json", answer: parsed(answer) };
    default:
      throw invalid(`Prompt ${row + 1}, grader: has to be exact, number, choice, regex or json`);
  }
}

function numberOf(text: string, row: number): number {
  const value = Number(text);
  if (Number.isFinite(value)) return value;
  throw invalid(`Prompt ${row + 1}: "${text.slice(0, 30)}" is no number`);
}

function invalid(message: string, field?: string): FreshetError {
  return new FreshetError("invalid_request", message, { field });
}
