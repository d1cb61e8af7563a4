import { MARK_CHARS_MAX } from "./paths.ts";

/** A line of three or more backticks or tildes, as CommonMark 0.31 (4.5) has it. `info` is empty where it may close. */
export interface Fence {
  char: string;
  length: number;
  /** Spaces in front, three at most. */
  indent: number;
  info: string;
}

const FENCE = /^( {0,3})(`{3,}|~{3,})[ \t]*(.*)$/s;
const FENCE_START = /^ {0,3}(?:`{0,2}$|`{3}|~{0,2}$|~{3})/;

/** The fence that a line is. */
export function parseFence(line: string): Fence | undefined {
  if (line.length > MARK_CHARS_MAX) return undefined;
  const match = FENCE.exec(line);
  if (!match) return undefined;
  const [, indent = "", marks = "", info = ""] = match;
  const char = marks.charAt(0);
  // Backticks after the opening ones make it code within a line.
  if (char === "`" && info.includes("`")) return undefined;
  return { char, length: marks.length, indent: indent.length, info: info.trim() };
}

/** Whether a line that begins so may be a fence. */
export function mayBeFence(start: string): boolean {
  return FENCE_START.test(start);
}

/**
 * Whether `fence` closes `open`. Unlike in CommonMark it must not stand further to the right: an indented fence in a file's
 * content is content.
 */
export function closesFence(fence: Fence, open: Fence): boolean {
  return fence.info === "" && fence.char === open.char && fence.length >= open.length &&
    fence.indent <= open.indent;
}
