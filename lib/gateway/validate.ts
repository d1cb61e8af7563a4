import type { z } from "zod";
import { FreshetError } from "../shared/mod.ts";

type Issue = z.core.$ZodIssue;
type Path = PropertyKey[];

/** The value as the schema has it. Throws `invalid_request` that names the first field that is wrong. */
export function validate<T extends z.ZodType>(schema: T, value: unknown): z.infer<T> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [first] = result.error.issues;
  const { path, message } = first ? innermost(first, []) : { path: [], message: "Invalid input" };
  const field = formatPath(path);
  throw new FreshetError(
    "invalid_request",
    field === "" ? `Cannot read the body: ${message}` : `Cannot read ${field}: ${message}`,
    { field: field === "" ? undefined : field },
  );
}

/** A union's own message says nothing: the alternative that went furthest is what was meant. */
function innermost(issue: Issue, outer: Path): { path: Path; message: string } {
  const path = [...outer, ...issue.path];
  if (issue.code !== "invalid_union" || issue.message !== "Invalid input") {
    return { path, message: issue.message };
  }
  const found = issue.errors.flatMap(([first]) => first ? [innermost(first, path)] : []);
  const deepest = found.toSorted((a, b) => b.path.length - a.path.length)[0];
  if (deepest && deepest.path.length > path.length) return deepest;
  return { path, message: found.map(({ message }) => message).join(", or: ") || issue.message };
}

/** As OpenAI writes it: `messages[0].content`. */
function formatPath(path: Path): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === "number") return `${text}[${part}]`;
    return text === "" ? String(part) : `${text}.${String(part)}`;
  }, "");
}
