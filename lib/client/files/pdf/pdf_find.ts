import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { countOf, rangeOf, searchable } from "./page_text.ts";
import type { PdfDocument } from "./load_pdf.ts";
import type { PdfSheets } from "./pdf_sheets.ts";

/** Hits that are gone through at most. */
const MAX_HITS = 1_000;
/** The name that the styles know hits by. */
const HIGHLIGHT = "pdf-hit";

/** A hit: the how manieth of its page, from 0. */
interface Hit {
  page: number;
  index: number;
}

/** What was found. */
export interface Found {
  text: string;
  /** Pages that were looked at; all of them at the end. */
  seen: number;
  isDone: boolean;
  hits: readonly Hit[];
  /** The hit that is shown, from 0; -1 for none. */
  at: number;
}

/** Finds words in a document, page by page, and shows where they stand. */
export class PdfFind {
  readonly #found: Signal<Found | null> = signal(null);
  readonly #pdf: PdfDocument;
  readonly #sheets: Pick<PdfSheets, "goTo" | "drawn" | "reveal">;
  #abort: AbortController | undefined;

  constructor(pdf: PdfDocument, sheets: Pick<PdfSheets, "goTo" | "drawn" | "reveal">) {
    this.#pdf = pdf;
    this.#sheets = sheets;
  }

  /** Null where nothing is looked for. */
  get found(): ReadonlySignal<Found | null> {
    return this.#found;
  }

  /** Looks for a text from a page on, round to the page before it; the same text again shows its next hit. */
  async find(text: string, from: number): Promise<void> {
    const wanted = searchable(text);
    if (wanted === "") return this.clear();
    if (this.#found.peek()?.text === wanted) return await this.step(1);
    this.clear();
    const abort = this.#abort = new AbortController();
    const { numPages } = this.#pdf;
    this.#found.value = { text: wanted, seen: 0, isDone: false, hits: [], at: -1 };
    for (let seen = 0; seen < numPages && !abort.signal.aborted; seen++) {
      await this.#look((from - 1 + seen) % numPages + 1, abort.signal);
    }
    if (abort.signal.aborted) return;
    this.#change({ isDone: true });
  }

  /** Shows the next hit, or with -1 the one before. */
  async step(by: number): Promise<void> {
    const found = this.#found.peek();
    if (!found || found.hits.length === 0) return;
    const at = (found.at + by + found.hits.length) % found.hits.length;
    this.#change({ at });
    await this.#show(found.hits[at], found.text);
  }

  clear(): void {
    this.#abort?.abort();
    this.#found.value = null;
    globalThis.CSS?.highlights?.delete(HIGHLIGHT);
  }

  async #look(number: number, signal: AbortSignal): Promise<void> {
    // A page that is damaged holds nothing that could be found.
    const count = await this.#pdf.getPage(number).then(async (page) => {
      return countOf(await page.getTextContent(), this.#found.peek()?.text ?? "");
    }).catch(() => 0);
    const found = this.#found.peek();
    if (signal.aborted || !found) return;
    const left = Math.max(0, MAX_HITS - found.hits.length);
    const hits = Array.from({ length: Math.min(count, left) }, (_, index) => ({ page: number, index }));
    this.#change({ seen: found.seen + 1, hits: [...found.hits, ...hits] });
    if (found.hits.length === 0 && hits.length > 0) await this.step(1);
  }

  async #show(hit: Hit | undefined, text: string): Promise<void> {
    if (!hit) return;
    const isShown = () => {
      const now = this.#found.peek();
      return now?.hits[now.at] === hit;
    };
    this.#sheets.goTo(hit.page);
    const sheet = await this.#sheets.drawn(hit.page, isShown);
    if (!sheet || !isShown()) return;
    const range = rangeOf(sheet, text, hit.index);
    if (!range) return;
    globalThis.CSS?.highlights?.set(HIGHLIGHT, new Highlight(range));
    this.#sheets.reveal(range);
  }

  #change(changes: Partial<Found>): void {
    const found = this.#found.peek();
    if (found) this.#found.value = { ...found, ...changes };
  }
}
