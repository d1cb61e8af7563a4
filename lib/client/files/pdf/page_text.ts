/** The text of a page of a PDF, as it is searched: the same whether it comes from the document or from what is drawn. */

/** What a document says of a page's text. */
export interface PageText {
  items: readonly unknown[];
}

/** A text as it is compared: in lower case, any white space as one space. */
export function searchable(text: string): string {
  return lower(text).replace(/\s+/g, " ").trim();
}

/** How often a searchable text occurs on a page. */
export function countOf({ items }: PageText, wanted: string): number {
  const text = items.map((item) => isTextItem(item) ? item.str + (item.hasEOL ? " " : "") : "").join("");
  return placesOf(text, wanted).length;
}

/** Where a drawn page has the `index`th (from 0) of what was found; undefined where it has not that many. */
export function rangeOf(sheet: HTMLElement, wanted: string, index: number): Range | undefined {
  const layer = sheet.querySelector(".pdf-text");
  if (!layer) return undefined;
  const walker = document.createTreeWalker(layer, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  const places: { node: Text; from: number }[] = [];
  let text = "";
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node instanceof Text) {
      places.push({ node, from: text.length });
      text += node.data;
    } else if (node instanceof HTMLBRElement) text += " ";
  }
  const place = placesOf(text, wanted)[index];
  if (!place) return undefined;
  const range = document.createRange();
  const start = places.findLast(({ from }) => from <= place.start);
  const end = places.findLast(({ from }) => from < place.end);
  if (!start || !end) return undefined;
  range.setStart(start.node, Math.min(place.start - start.from, start.node.length));
  range.setEnd(end.node, Math.min(place.end - end.from, end.node.length));
  return range;
}

/** Where a text has another one, whatever the case and however wide its white space. */
function placesOf(text: string, wanted: string): { start: number; end: number }[] {
  if (wanted === "") return [];
  const pattern = wanted.split(" ").map(escaped).join("\\s+");
  return [...lower(text).matchAll(new RegExp(pattern, "gu"))].map(({ index, 0: { length } }) => ({
    start: index,
    end: index + length,
  }));
}

/** Only letters whose other case is as long: places stay where they are. */
function lower(text: string): string {
  return text.replace(/./gsu, (char) => {
    const small = char.toLowerCase();
    return small.length === char.length ? small : char;
  });
}

function escaped(word: string): string {
  return word.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}

function isTextItem(item: unknown): item is { str: string; hasEOL: boolean } {
  return typeof item === "object" && item !== null && "str" in item && typeof item.str === "string";
}
