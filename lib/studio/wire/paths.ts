import { FreshetError, projectPath } from "../../shared/mod.ts";

/** Longer lines are neither a mark, a fence nor a file's name: a path has 400 bytes at most. */
export const MARK_CHARS_MAX = 600;

const WITHOUT_ENDING =
  /^(?:dockerfile|makefile|license|licence|readme|changelog|procfile|justfile|caddyfile|codeowners)$/i;
const ENDING = /\.[a-z][a-z0-9]{0,9}$/i;
/** Names of products that look like names of files. */
const PRODUCT =
  /^(?:node|vue|next|nuxt|react|express|three|d3|chart|angular|ember|alpine|p5|socket|moment|asp)\.(?:js|io|net)$/i;
const PATH_ANYWHERE = /(?:^|[\s{])(?:title|file|filename|path|name)\s*[=:]\s*["'`]?([^"'`}\s]+)/i;
const NOT_A_FILE = /^(?:sh|bash|zsh|shell|console|terminal|powershell|cmd|diff|patch|output)$/i;
const NAME_LINE =
  /^(?:#{1,6}[ \t]+)?(?:\d{1,2}[.)][ \t]+)?[*`"']{0,4}(?:(?:file|filename|path)(?::\*{0,2}[ \t]*|[ \t]+))?[*`"']{0,4}([^\s*`"']+?)[*`"':]{0,5}[ \t]*$/i;
const NAME_LINE_START =
  /^(?:#{1,6}(?:[ \t]+|$))?(?:\d{1,2}[.)](?:[ \t]+|$))?[*`"']{0,4}(?:(?:file|filename|path)(?::\*{0,2}[ \t]*|[ \t]+))?[*`"']{0,4}[^\s*`"']*[*`"':]{0,5}[ \t]*$/i;
const COMMENT =
  /^\s*(?:\/\/+|#+|--|<!--|\/\*+)\s*(?:(?:file|filename|path)\s*:?\s*)?(\S+?)\s*(?:-->|\*\/)?\s*$/i;

/** The path of a project that a model's way of writing it stands for, or why there is none. */
export type WirePath = { path: string; reason?: undefined } | { path?: undefined; reason: string };

/** Forgives backslashes and one slash in front, and nothing that could lead out of the project. */
export function wirePath(written: string): WirePath {
  try {
    return { path: projectPath(written.replaceAll("\\", "/").replace(/^\/(?!\/)/, "")) };
  } catch (error) {
    if (!(error instanceof FreshetError)) throw error;
    return { reason: error.message };
  }
}

/** Whether a word can only be meant as a file's name. */
export function looksLikePath(word: string): boolean {
  if (/[\s<>"|?*,;]|:\/\//.test(word) || PRODUCT.test(word)) return false;
  const name = word.slice(Math.max(word.lastIndexOf("/"), word.lastIndexOf("\\")) + 1);
  return ENDING.test(name) || WITHOUT_ENDING.test(name);
}

/** The path on a line that holds nothing else: bare, in bold or backticks, as a heading, with a colon after it. */
export function pathOfLine(line: string): string | undefined {
  if (line.length > MARK_CHARS_MAX) return undefined;
  const path = NAME_LINE.exec(line)?.[1];
  return path && looksLikePath(path) ? path : undefined;
}

/** Whether a line that begins so may come to hold a path and nothing else. */
export function mayBePathLine(start: string): boolean {
  return NAME_LINE_START.test(start);
}

/** The path in a fence's info string: `ts src/a.ts`, `src/a.ts`, `ts:src/a.ts`, `ts title="src/a.ts"`. */
export function pathOfInfo(info: string): string | undefined {
  if (isNoFile(info)) return undefined;
  const named = PATH_ANYWHERE.exec(info)?.[1];
  if (named) return looksLikePath(named) ? named : undefined;
  const joined = /^[\w+#-]+:(\S+)$/.exec(info)?.[1];
  if (joined && looksLikePath(joined)) return joined;
  return info.split(/\s+/).map((word) => word.replaceAll(/^[("'`{]+|[)"'`}:]+$/g, "")).find(looksLikePath);
}

/** Whether a fence's info string says that it holds commands or a patch. */
export function isNoFile(info: string): boolean {
  return NOT_A_FILE.test(info.split(/[\s:{]/, 1)[0] ?? "");
}

/** The path that a comment consists of. */
export function pathOfComment(line: string): string | undefined {
  if (line.length > MARK_CHARS_MAX) return undefined;
  const path = COMMENT.exec(line)?.[1];
  return path && looksLikePath(path) ? path : undefined;
}

/** The path after the word of a mark, without the decoration that models add to it. */
export function pathOfMark(rest: string): string {
  const bare = rest.replace(/^[\s:*=]*(?:\d{1,2}\s*[:.)]\s+)?/, "").trim();
  const quoted = /^[*]{0,2}([`"'])(.+?)\1/.exec(bare)?.[2];
  if (quoted !== undefined) return quoted.trim();
  const plain = bare.replace(/\s+\([^()]*\)\s*$/, "").replaceAll(/^[*<]+|[*>:\s]+$/g, "");
  const [first = "", next] = plain.split(/\s+/, 2);
  return next !== undefined && /^(?:[-–—:#(]|\/\/)/.test(next) ? first : plain;
}
