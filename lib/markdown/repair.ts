import { openMath } from "./lines.ts";

/** Only this much (characters) of the end is looked at. */
const REACH = 2_000;

/** A last line that is only markers: what it will be cannot be told yet. */
const ONLY_MARKERS = /^[ \t>]*(?:[-*+=#>`~|_:]+|\d{1,9}[.)]?|[-*+] \[[ xX]?\]?)[ \t]*$/;

/** A line that starts an inline context of its own. */
const OWN_LINE = /^(?:[ \t>]*(?:[-*+]|\d{1,9}[.)]|#{1,6})[ \t]|[ \t]*[|>]|[ \t]*$)/;

const HALF_LINK =
  /!?\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+(?:["'(][^"')]*["']?)?)?$/;
const HALF_TAG = /<(?:\/?[a-z][a-z\d]{0,10}|(?:https?:|mailto:)[^\s<>]*)?$/i;
const TABLE_DELIMITER = /^[|:\- \t]*$/;

/**
 * An unfinished block as it will most likely go on: open emphasis and code spans are closed, a half-written address, tag or
 * marker is left out, and a table's first row is a table. For display only.
 */
export function repair(source: string): string {
  if (isCode(source)) return source;
  const mathEnd = openMath(source);
  if (mathEnd !== undefined) return source.includes("\n") ? `${source}\n${mathEnd}` : source;
  const table = startedTable(source);
  if (table !== undefined) return table;
  const lastLine = source.lastIndexOf("\n") + 1;
  const shown = ONLY_MARKERS.test(source.slice(lastLine))
    ? source.slice(0, Math.max(0, lastLine - 1))
    : source;
  const at = inlineStart(shown);
  return shown.slice(0, at) + closeInline(shown.slice(at));
}

/** Code by indentation, or an open fence within a list or a quote. */
function isCode(source: string): boolean {
  if (/^(?: {4}|\t)/.test(source)) return true;
  const fences = source.match(/^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?(?:`{3,}|~{3,})/gm);
  return (fences?.length ?? 0) % 2 === 1;
}

/** A table of which only the first row, or a part of the line below, is there. */
function startedTable(source: string): string | undefined {
  const lines = source.slice(-REACH).split("\n");
  const below = lines.length > 1 && TABLE_DELIMITER.test(lines.at(-1) ?? "") ? lines.pop() : undefined;
  const header = lines.pop()?.trim() ?? "";
  if (!header.startsWith("|") || header.length < 2 || lines.at(-1)?.trimStart().startsWith("|")) {
    return undefined;
  }
  const row = header.endsWith("|") ? header : `${closeInline(header)} |`;
  const cells = row.replace(/\\\|/g, "").split("|").length - 2;
  const before = source.slice(
    0,
    source.lastIndexOf("\n", below === undefined ? undefined : source.lastIndexOf("\n") - 1) + 1,
  );
  return `${before}${row}\n|${" --- |".repeat(cells)}`;
}

/** Where the last paragraph, item, heading or row starts: what is open before it stays open for good. */
function inlineStart(source: string): number {
  const limit = Math.max(0, source.length - REACH);
  for (let end = source.length; end > limit;) {
    const start = source.lastIndexOf("\n", end - 1) + 1;
    if (OWN_LINE.test(source.slice(start, Math.min(end, start + 100)))) return Math.max(start, limit);
    end = start - 1;
  }
  return limit;
}

function closeInline(tail: string): string {
  const code = openCodeSpan(tail);
  if (code !== undefined) return tail.replace(/`*$/, "") + code;
  let text = tail.replace(HALF_LINK, (whole, label) => whole.startsWith("!") ? "" : label).replace(
    HALF_TAG,
    "",
  );
  if (!/\\[*_~]$/.test(text)) text = text.replace(/[*_~]+$/, "");
  const trimmed = text.trimEnd();
  return trimmed + openEmphasis(trimmed).reverse().join("") + text.slice(trimmed.length);
}

/** The backticks that would close the code span that is open at the end. */
function openCodeSpan(text: string): string | undefined {
  let open: string | undefined;
  for (const [run] of text.replace(/\\`/g, "  ").matchAll(/`+/g)) {
    if (open === undefined) open = run;
    else if (run === open) open = undefined;
  }
  if (open === undefined) return undefined;
  // A run at the very end is an opening that has no content yet, or a closing that has begun.
  const content = text.slice(text.lastIndexOf(open) + open.length);
  return content === "" ? "" : open;
}

/** The emphasis markers that are open at the end, outermost first. */
function openEmphasis(text: string): string[] {
  const plain = text.replace(/(`+)[^`][^]*?\1/g, (span) => "x".repeat(span.length)).replace(/\\./g, "xx");
  const open: string[] = [];
  for (const match of plain.matchAll(/\*{1,3}|_{1,3}|~~/g)) {
    const marker = match[0];
    const before = plain[match.index - 1] ?? " ";
    const after = plain[match.index + marker.length] ?? " ";
    if (marker[0] === "_" && /\w/.test(before) && /\w/.test(after)) continue;
    const at = open.lastIndexOf(marker);
    if (at >= 0 && !/\s/.test(before)) open.splice(at);
    else if (!/\s/.test(after)) open.push(marker);
  }
  return open;
}
