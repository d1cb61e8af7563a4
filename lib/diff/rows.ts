import type { DiffOptions } from "./text_diff.ts";

/** How a line ends where that is not `\n`: `none` is the last line of a text without a final line feed. */
export type LineEnding = "crlf" | "none";

/** From one offset up to another one, which is not part of it, in UTF-16 units of a row's text. */
export type TextRange = [number, number];

/** A line of one of the texts. */
export interface RowLine {
  /** Its number in its text, from 1. */
  line: number;
  /** Without its ending. */
  text: string;
  ending?: LineEnding;
  /** In a changed line: what is not in its partner; empty where only the ending differs. */
  ranges?: TextRange[];
}

/** Unchanged lines that are not shown: `count` of them from the given lines on. */
export interface FoldRow {
  kind: "fold";
  count: number;
  oldLine: number;
  newLine: number;
}

/** What rows are made for. */
export interface RowOptions extends DiffOptions {
  /** Unchanged lines that are shown around a change, 3 unless given; `Infinity` shows all. */
  context?: number;
}

/** The line with the number `line`, split from its ending. */
export function rowLine(raw: string, line: number): RowLine {
  if (raw.endsWith("\r\n")) return { line, text: raw.slice(0, -2), ending: "crlf" };
  if (raw.endsWith("\n")) return { line, text: raw.slice(0, -1) };
  return { line, text: raw, ending: "none" };
}
