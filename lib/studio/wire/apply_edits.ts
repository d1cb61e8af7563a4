import type { EditBlock } from "./events.ts";
import { reindent } from "./indentation.ts";
import { regionAt, similarPlace } from "./similar_region.ts";
import { joinLines, splitLines, type TextLines, usualEnd } from "./text_lines.ts";

/**
 * What became of edits. `not_found`: no place in the file is like the search; `ambiguous`: several are; `empty`: the search is
 * empty and the file is not. `blockIndex` counts from 0; `snippet` is what the file has there, lines as they are: the most
 * similar place, or the places that match.
 */
export type EditResult =
  | { type: "applied"; content: string }
  | { type: "failed"; blockIndex: number; reason: EditFailure; snippet: string };

/** Why a block cannot be applied. */
export type EditFailure = "not_found" | "ambiguous" | "empty";

/** Ways to compare lines, from the strictest: a block is applied by the first that finds its place. */
const COMPARISONS: readonly ((line: string) => string)[] = [
  (line) => line,
  (line) => line.trimEnd(),
  (line) => line.trim(),
];
const SHOWN_PLACES = 2;

type Step = { lines: TextLines } | { reason: EditFailure; snippet: string };

/**
 * Applies search-replace blocks one after the other; all or none. A search matches whole lines: exactly, else but for white
 * space at the ends of lines, else but for white space at both edges, where the replacement is indented as the file is. An
 * ambiguous match is refused. Lines elsewhere stay as they are, byte by byte; new lines end as most lines of the file do. An
 * empty search gives an empty file its content.
 */
export function applyEdits(content: string, blocks: readonly EditBlock[]): EditResult {
  let text = splitLines(content);
  for (const [blockIndex, block] of blocks.entries()) {
    const step = applyBlock(text, block);
    if (!("lines" in step)) return { type: "failed", blockIndex, ...step };
    text = step.lines;
  }
  return { type: "applied", content: joinLines(text) };
}

function applyBlock(text: TextLines, block: EditBlock): Step {
  const searched = splitLines(block.search).lines;
  if (searched.every(isBlank)) {
    if (text.lines.every(isBlank)) return { lines: splitLines(block.replace) };
    return { reason: "empty", snippet: regionAt(text.lines, 0, 1) };
  }
  const replacement = splitLines(block.replace).lines;
  for (const [level, comparison] of COMPARISONS.entries()) {
    const places = placesOf(text.lines.map(comparison), searched.map(comparison));
    const [place] = places;
    if (place === undefined) continue;
    if (places.length > 1) {
      return { reason: "ambiguous", snippet: showPlaces(text.lines, places, searched.length) };
    }
    const found = text.lines.slice(place, place + searched.length);
    const indented = level < 2 ? replacement : reindent(searched, found, replacement);
    if (!indented) break;
    return { lines: spliced(text, place, searched.length, indented) };
  }
  return {
    reason: "not_found",
    snippet: regionAt(text.lines, similarPlace(text.lines, searched), searched.length),
  };
}

/** Where the searched lines begin, by Knuth, Morris and Pratt: in time that grows with the text however it repeats itself. */
function placesOf(lines: string[], searched: string[]): number[] {
  const borders = [0];
  for (let i = 1, length = 0; i < searched.length; i++) {
    while (length > 0 && searched[i] !== searched[length]) length = borders[length - 1] ?? 0;
    if (searched[i] === searched[length]) length++;
    borders.push(length);
  }
  const places: number[] = [];
  let length = 0;
  lines.forEach((line, i) => {
    while (length > 0 && line !== searched[length]) length = borders[length - 1] ?? 0;
    if (line === searched[length]) length++;
    if (length < searched.length) return;
    places.push(i - length + 1);
    length = borders[length - 1] ?? 0;
  });
  return places;
}

function spliced(text: TextLines, place: number, count: number, replacement: string[]): TextLines {
  const end = usualEnd(text);
  const after = place + count;
  const ends = replacement.map(() => end);
  // A file without a line end at its end keeps none.
  if (after === text.lines.length && text.ends.at(-1) === "" && ends.length > 0) ends[ends.length - 1] = "";
  return {
    lines: [...text.lines.slice(0, place), ...replacement, ...text.lines.slice(after)],
    ends: [...text.ends.slice(0, place), ...ends, ...text.ends.slice(after)],
  };
}

function showPlaces(lines: string[], places: number[], count: number): string {
  return places.slice(0, SHOWN_PLACES).map((place) => regionAt(lines, place, count)).join("\n…\n\n");
}

function isBlank(line: string): boolean {
  return line.trim() === "";
}
