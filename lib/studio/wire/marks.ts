import { looksLikePath, MARK_CHARS_MAX, pathOfMark } from "./paths.ts";

/** A line that says what follows. `isStrict` where it is written as the model was asked to. */
export type Mark =
  | { type: "file" | "edit" | "delete"; path: string; isStrict: boolean }
  /** The end of the answer. */
  | { type: "end"; isStrict: boolean }
  /** A made-up mark that closes a single file. */
  | { type: "close"; isStrict: boolean };

const MARK = /^(#{1,6})[ \t]*\*{0,2}(file|edit|delete|end)(?![\w-])(.*)$/is;
const MARK_START = /^#{1,6}(?:[ \t]*\*{0,2}([a-z]*))?(.*)$/is;
const WORDS = ["file", "edit", "delete", "end"];
const END_OF_ANSWER = /^of (?:the )?(?:answer|files|project|output|response)$/i;
const END_OF_FILE = /^(?:of )?file\b/i;

/** The mark that a line is: `### FILE path` and what models make of it. */
export function parseMark(line: string): Mark | undefined {
  if (!line.startsWith("#") || line.length > MARK_CHARS_MAX) return undefined;
  const match = MARK.exec(line.trimEnd());
  if (!match) return undefined;
  const [, hashes = "", word = "", rest = ""] = match;
  const isUpper = word === word.toUpperCase();
  const isStrict = hashes.length === 3 && isUpper && /^(?:$|[ \t:])/.test(rest);
  const type = word.toLowerCase();
  if (type === "end") return parseEnd(rest.replaceAll(/^[\s*:]+|[\s*:.!]+$/g, ""), isStrict);
  if (type !== "file" && type !== "edit" && type !== "delete") return undefined;
  const path = pathOfMark(rest);
  if (!isMeant(path, isStrict, isUpper)) return undefined;
  return { type, path, isStrict: isStrict && path !== "" };
}

/** Whether a line that begins so may be a mark. */
export function mayBeMark(start: string): boolean {
  if (!start.startsWith("#")) return false;
  const [, word = "", rest = ""] = MARK_START.exec(start) ?? [];
  const lower = word.toLowerCase();
  return rest === "" ? WORDS.some((known) => known.startsWith(lower)) : WORDS.includes(lower);
}

function parseEnd(rest: string, isStrict: boolean): Mark | undefined {
  if (rest === "" || END_OF_ANSWER.test(rest)) return { type: "end", isStrict };
  if (END_OF_FILE.test(rest) || looksLikePath(rest)) return { type: "close", isStrict };
  return undefined;
}

/** Tells marks from headings such as "File structure". */
function isMeant(path: string, isStrict: boolean, isUpper: boolean): boolean {
  if (path === "") return isUpper;
  if (looksLikePath(path)) return true;
  if (isStrict && !/\s/.test(path)) return true;
  return isUpper && (/^[^\s]*[\\/][^\s]*$/.test(path) || /\.[a-z][a-z0-9]{0,9}$/i.test(path));
}
