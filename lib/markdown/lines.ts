/**
 * What a line can start or end, as in CommonMark and in the parser that renders the blocks: the splitter must never cut where
 * the parser would not.
 */

const BLOCK_TAGS =
  "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|" +
  "div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|" +
  "menu|menuitem|meta|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|" +
  "tr|track|ul";

const FENCE = /^( {0,3})(`{3,}(?=[^`]*$)|~{3,})(.*)$/;
const HEADING = /^ {0,3}#{1,6}(?:\s|$)/;
const RULE = /^ {0,3}(?:(?:-[ \t]*){3,}|(?:_[ \t]*){3,}|(?:\*[ \t]*){3,})$/;
const UNDERLINE = /^ {0,3}(?:=+|-+)[ \t]*$/;
const QUOTE = /^ {0,3}>/;
const ITEM = /^( {0,3})([-*+]|\d{1,9}[.)])([ \t].*)?$/;
const ITEM_IN_PARAGRAPH = /^ {0,3}(?:[*+-]|1[.)])[ \t]+[^ \t]/;
const HALF_ITEM = /^ {0,3}(?:[-*+]|\d{1,9}[.)]?)$/;

/** HTML that ends with a mark of its own rather than with a blank line: start, end on the same line, end on a later one. */
const MARKED_HTML: [RegExp, RegExp, RegExp][] = [
  [/^ {0,3}<!--/, /<!--(?:-?>|.*?-->)/, /-->/],
  [/^ {0,3}<\?/, /\?>/, /\?>/],
  [/^ {0,3}<!\[CDATA\[/, /\]\]>/, /\]\]>/],
  [/^ {0,3}<![A-Za-z]/, />/, />/],
  ...["script", "pre", "style", "textarea"].map((tag): [RegExp, RegExp, RegExp] => {
    const end = new RegExp(`</${tag}>`, "i");
    return [new RegExp(`^ {0,3}<${tag}(?:[\\s>]|$)`, "i"), end, end];
  }),
];
const BLOCK_HTML = new RegExp(`^ {0,3}</?(?:${BLOCK_TAGS})(?:[ \\t]|$|/?>)`, "i");
const LONE_TAG =
  /^ {0,3}(?:<[a-z][a-z\d-]*(?:[ \t]+[a-z:_][\w.:-]*(?:[ \t]*=[ \t]*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?)*[ \t]*\/?>|<\/[a-z][a-z\d-]*\s*>)[ \t]*$/i;

/** A bound, so that looking at an unfinished line costs the same however long it gets. */
const LONGEST_FENCE = 100;

/** An opening fence. */
export interface Fence {
  /** The spaces before it, which its lines lose too. */
  indent: number;
  marker: string;
  info: string;
}

/** The first line of an item of a list. */
export interface Item {
  /** Columns before its text: what is indented so far belongs to the item. */
  contentIndent: number;
  /** The bullet, or the character after the number: items of another kind start another list. */
  kind: string;
  /** The number, in ordered lists. */
  number: number | undefined;
  text: string;
}

/** What ends an HTML block: a blank line, or a pattern. */
export type HtmlEnd = "blank" | RegExp;

export function isBlank(line: string): boolean {
  return /^[ \t]*$/.test(line);
}

/** Columns of white space before the text; a tab goes to the next multiple of four. */
export function indentOf(line: string): number {
  let columns = 0;
  for (const char of line) {
    if (char === " ") columns++;
    else if (char === "\t") columns += 4 - columns % 4;
    else break;
  }
  return columns;
}

export function openingFence(line: string): Fence | undefined {
  const match = FENCE.exec(line);
  return match ? { indent: match[1]?.length ?? 0, marker: match[2] ?? "", info: match[3] ?? "" } : undefined;
}

/** What will close the formula that a text opens with a line of its own and does not close; undefined where there is none. */
export function openMath(text: string): string | undefined {
  const [opening, marker] = /^ {0,3}(\$\$|\\\[)/.exec(text) ?? [];
  if (opening === undefined) return undefined;
  const end = marker === "$$" ? "$$" : "\\]";
  return text.includes(end, opening.length) ? undefined : end;
}

/** True for the line that closes a fence, and, where the line is not `complete`, for one that may still become it. */
export function closesFence(line: string, marker: string, complete: boolean): boolean {
  if (line.length > LONGEST_FENCE) return false;
  const match = /^ {0,3}([`~]*) *$/.exec(line);
  if (!match || match[1] === undefined) return false;
  const found = match[1];
  if (found !== (marker[0] ?? "").repeat(found.length)) return false;
  return complete ? found.length >= marker.length : true;
}

/** An item's first line; a thematic break such as "* * *" is none. */
export function listItem(line: string): Item | undefined {
  const match = ITEM.exec(line);
  if (!match || RULE.test(line)) return undefined;
  const [, indent = "", bullet = "", rest = ""] = match;
  const bulletEnd = indent.length + bullet.length;
  const spaces = indentOf(" ".repeat(bulletEnd) + rest) - bulletEnd;
  const ordered = bullet.length > 1;
  return {
    contentIndent: bulletEnd + (rest.trim() === "" || spaces > 4 ? 1 : spaces),
    kind: bullet.slice(-1),
    number: ordered ? parseInt(bullet, 10) : undefined,
    text: rest.trim(),
  };
}

/** True for the beginning of a line of which more must be known to say whether it is an item. */
export function mayBecomeItem(line: string): boolean {
  return HALF_ITEM.test(line);
}

/** Only items that are not empty and start at 1 can interrupt a paragraph. */
export function itemInterruptsParagraph(line: string): boolean {
  return ITEM_IN_PARAGRAPH.test(line);
}

export function isHeading(line: string): boolean {
  return HEADING.test(line);
}

export function isRule(line: string): boolean {
  return RULE.test(line);
}

/** True for what makes the paragraph above a heading. */
export function isUnderline(line: string): boolean {
  return UNDERLINE.test(line);
}

export function isQuote(line: string): boolean {
  return QUOTE.test(line);
}

/** True for a line in an item whose paragraph the next line can continue without being indented. */
export function canBeContinued(line: string): boolean {
  const text = line.trim();
  return text !== "" && !isHeading(text) && !isRule(text) && !openingFence(text);
}

/** The end of the HTML block that the line starts; a lone tag of another name starts one too, but not within a paragraph. */
export function openingHtml(
  line: string,
  inParagraph: boolean,
): { end: HtmlEnd; ended: boolean } | undefined {
  if (!line.includes("<")) return undefined;
  for (const [start, endHere, end] of MARKED_HTML) {
    if (start.test(line)) return { end, ended: endHere.test(line) };
  }
  if (BLOCK_HTML.test(line) || (!inParagraph && LONE_TAG.test(line))) return { end: "blank", ended: false };
  return undefined;
}

/** How many `<details>` are open after the line, if so many were before. */
export function detailsDepth(line: string, depth: number): number {
  for (const [tag] of line.matchAll(/<\/?details\b/gi)) {
    depth = tag[1] === "/" ? Math.max(0, depth - 1) : depth + 1;
  }
  return depth;
}
