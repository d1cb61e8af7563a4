import { Marked, type MarkedOptions, type TokenizerAndRendererExtension, type Tokens } from "marked";
import { escapeHtml } from "./escape.ts";

/** A longer formula (characters) is text: nobody writes one, and typesetting it would hold up the page. */
const TEX_MAX_CHARS = 5_000;
/** Between single dollars; prices stand further apart. */
const INLINE_MAX_CHARS = 500;

const BLANK_LINE = /\n[ \t]*\n/;
/** Between `$` and `$`: nothing white at the edges, one line, no code. Prices fail at one of these. */
const DOLLARS = /^\$(?![\s$])((?:\\.|[^\\$\n`])+?)(?<!\s)\$(?![\w$])/;
/** "5, or 6": an amount and then words, which are no formula. */
const AMOUNT = /^[\d.,]+\s+[a-z]{2,}/i;
/** Where a formula may begin within a line: not after a letter, as in "US$5". */
const MAY_BEGIN = /(?<![\\\w$])\$(?!\s)|\\\(/;

interface MathToken extends Tokens.Generic {
  text: string;
  isDisplay: boolean;
}

/** A formula that stands in lines of its own: `$$…$$` or `\[…\]`. */
const display: TokenizerAndRendererExtension = {
  name: "displayMath",
  level: "block",
  start: (source) => /^ {0,3}(?:\$\$|\\\[)/m.exec(source)?.index,
  tokenizer(source) {
    const [opening, marker] = /^ {0,3}(\$\$|\\\[)/.exec(source) ?? [];
    if (opening === undefined) return undefined;
    const close = marker === "$$" ? "$$" : "\\]";
    const end = source.indexOf(close, opening.length);
    if (end < 0) return undefined;
    const rest = /^[ \t]*(?:\n|$)/.exec(source.slice(end + close.length, end + close.length + 200));
    const text = source.slice(opening.length, end);
    if (!rest || !isTex(text)) return undefined;
    return token("displayMath", source.slice(0, end + close.length + rest[0].length), text, true);
  },
  renderer: ({ text }) => `<div class="math math--display">${escapeHtml(String(text))}</div>\n`,
};

/** A formula within a line: `$…$`, `$$…$$` or `\(…\)`. */
const inline: TokenizerAndRendererExtension = {
  name: "inlineMath",
  level: "inline",
  start: (source) => MAY_BEGIN.exec(source)?.index,
  tokenizer(source) {
    if (source.startsWith("$$")) return enclosed(source, "$$", "$$");
    if (source.startsWith("\\(")) return enclosed(source, "\\(", "\\)");
    const [raw, text] = DOLLARS.exec(source.slice(0, INLINE_MAX_CHARS)) ?? [];
    if (raw === undefined || text === undefined || AMOUNT.test(text)) return undefined;
    return token("inlineMath", raw, text, false);
  },
  renderer: ({ text, isDisplay }) =>
    `<span class="math${isDisplay ? " math--display" : ""}">${escapeHtml(String(text))}</span>`,
};

/** What makes the parser know formulas. Their TeX stays text: typesetting it is for who shows it. */
export const MATH_EXTENSIONS: NonNullable<MarkedOptions["extensions"]> | null =
  new Marked({ extensions: [display, inline] }).defaults.extensions ?? null;

function enclosed(source: string, open: string, close: string): MathToken | undefined {
  const end = source.slice(0, TEX_MAX_CHARS).indexOf(close, open.length);
  if (end < 0) return undefined;
  const text = source.slice(open.length, end);
  return isTex(text)
    ? token("inlineMath", source.slice(0, end + close.length), text, open === "$$")
    : undefined;
}

function isTex(text: string): boolean {
  return text.trim() !== "" && text.length <= TEX_MAX_CHARS && !BLANK_LINE.test(text);
}

function token(type: string, raw: string, text: string, isDisplay: boolean): MathToken {
  return { type, raw, text: text.trim(), isDisplay };
}
