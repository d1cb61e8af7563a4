import type { Clock } from "../../clock.ts";
import { drawPage, dropPicture, type PageDrawing } from "./page_drawing.ts";
import type { PdfBundle, PdfDocument, PdfPage } from "./load_pdf.ts";

/** ms that the width has to stay the same before pages are drawn anew; until then they are stretched. */
const SETTLE_MS = 150;
/** Pages that keep their picture when they are out of view. */
const KEPT = 12;

/** What `PdfSheets` needs. */
export interface PdfSheetsOptions {
  bundle: Pick<PdfBundle, "TextLayer">;
  document: PdfDocument;
  /** Scrolls, and holds nothing else. */
  host: HTMLElement;
  clock: Clock;
  /** What a page is called, and what is said of one that cannot be drawn. */
  label(page: number): string;
  damaged: string;
  /** The page that is looked at, from 1. */
  onPage(page: number): void;
}

/** The pages of a document below each other. Each has its place at once, and a picture while it is in view or near. */
export class PdfSheets {
  readonly #options: PdfSheetsOptions;
  readonly #sheets: HTMLElement[] = [];
  readonly #near = new Set<number>();
  /** The pages that have pictures with their widths, the one drawn last at the end. */
  readonly #drawn = new Map<number, number>();
  readonly #damaged = new Set<number>();
  readonly #observer: IntersectionObserver;
  readonly #resizes: ResizeObserver;
  #drawing: { page: number; drawing: PageDrawing } | undefined;
  #isDrawing = false;
  #isOver = false;
  #stopSettling: () => void = () => {};
  #stopFrame: () => void = () => {};

  constructor(options: PdfSheetsOptions) {
    this.#options = options;
    const { host } = options;
    this.#observer = new IntersectionObserver((entries) => this.#onNear(entries), {
      root: host,
      rootMargin: "75% 0px",
    });
    this.#resizes = new ResizeObserver(() => this.#onWidth());
    host.addEventListener("scroll", this.#onScroll, { passive: true });
  }

  /** Gives every page its place, as large as the first one until more is known of it. */
  async show(): Promise<void> {
    const { document: pdf, host, label } = this.#options;
    const first = (await pdf.getPage(1)).getViewport({ scale: 1 });
    if (this.#isOver) return;
    for (let page = 1; page <= pdf.numPages; page++) {
      const sheet = document.createElement("div");
      sheet.className = "pdf-page";
      sheet.dataset.page = String(page);
      sheet.setAttribute("role", "region");
      sheet.setAttribute("aria-label", label(page));
      shape(sheet, first);
      this.#sheets.push(sheet);
    }
    host.replaceChildren(...this.#sheets);
    this.#onWidth();
    for (const sheet of this.#sheets) this.#observer.observe(sheet);
    this.#resizes.observe(host);
  }

  /** How wide pages are: 1 is as wide as there is room. What is looked at stays in view. */
  setZoom(zoom: number): void {
    const { host } = this.#options;
    const middle = (host.scrollTop + host.clientHeight / 2) / Math.max(1, host.scrollHeight);
    host.style.setProperty("--pdf-zoom", String(zoom));
    host.scrollTop = middle * host.scrollHeight - host.clientHeight / 2;
    this.#onWidth();
  }

  /** Scrolls to a page, from 1. */
  goTo(page: number): void {
    const sheet = this.#sheets[page - 1];
    if (sheet) {
      this.#scrollBy(sheet.getBoundingClientRect().top - this.#options.host.getBoundingClientRect().top);
    }
  }

  /** Scrolls so that a part of a page is in the middle, unless it is in view. */
  reveal(part: { getBoundingClientRect(): DOMRect }): void {
    const { host } = this.#options;
    const [inner, outer] = [part.getBoundingClientRect(), host.getBoundingClientRect()];
    if (inner.left < outer.left || inner.right > outer.right) host.scrollLeft += inner.left - outer.left - 24;
    if (inner.top >= outer.top && inner.bottom <= outer.bottom) return;
    this.#scrollBy(inner.top - outer.top - host.clientHeight / 2);
  }

  /** Of the pages only: an element that scrolls itself into view moves the whole page along. */
  #scrollBy(pixels: number): void {
    this.#options.host.scrollTop += pixels;
  }

  /** The page's element once it is drawn; undefined where it cannot be, or nobody waits for it any more. */
  async drawn(page: number, isWanted: () => boolean): Promise<HTMLElement | undefined> {
    const sheet = this.#sheets[page - 1];
    const isDue = () => !this.#isOver && isWanted() && !this.#damaged.has(page) && !this.#drawn.has(page);
    while (sheet && isDue()) {
      await new Promise<void>((resolve) => void this.#options.clock.after(30, resolve));
    }
    return this.#isOver || this.#damaged.has(page) ? undefined : sheet;
  }

  close(): void {
    this.#isOver = true;
    this.#stopSettling();
    this.#stopFrame();
    this.#observer.disconnect();
    this.#resizes.disconnect();
    this.#options.host.removeEventListener("scroll", this.#onScroll);
    this.#drawing?.drawing.cancel();
    for (const page of this.#drawn.keys()) this.#empty(page);
    this.#options.host.replaceChildren();
  }

  #onNear(entries: readonly IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of entries) {
      const page = Number((target as HTMLElement).dataset.page);
      if (isIntersecting) this.#near.add(page);
      else this.#near.delete(page);
    }
    const { page, drawing } = this.#drawing ?? {};
    if (page !== undefined && !this.#near.has(page)) drawing?.cancel();
    this.#tellPage();
    void this.#drawNext();
  }

  readonly #onScroll = (): void => {
    this.#stopFrame();
    this.#stopFrame = this.#options.clock.frame(() => this.#tellPage());
  };

  #onWidth(): void {
    for (const page of this.#near) this.#fitText(page);
    this.#stopSettling();
    this.#stopSettling = this.#options.clock.after(SETTLE_MS, () => void this.#drawNext());
  }

  /** The page that most of the view's upper part shows. */
  #tellPage(): void {
    const { host, onPage } = this.#options;
    const line = host.getBoundingClientRect().top + host.clientHeight / 3;
    let page: number | undefined;
    for (const each of [...this.#near].sort((a, b) => a - b)) {
      const top = this.#sheets[each - 1]?.getBoundingClientRect().top;
      if (page === undefined || (top !== undefined && top <= line)) page = each;
    }
    if (page !== undefined) onPage(page);
  }

  /** Draws what is near and not drawn as wide as it is, one page after the other, what is looked at first. */
  async #drawNext(): Promise<void> {
    if (this.#isDrawing) return;
    this.#isDrawing = true;
    try {
      for (let page = this.#nextPage(); page !== undefined; page = this.#nextPage()) await this.#draw(page);
    } finally {
      this.#isDrawing = false;
    }
  }

  #nextPage(): number | undefined {
    if (this.#isOver) return undefined;
    const { host } = this.#options;
    const { top, bottom } = host.getBoundingClientRect();
    const distances = [...this.#near].filter((page) => {
      return !this.#damaged.has(page) && this.#drawn.get(page) !== this.#widthOf(page);
    }).map((page) => {
      const rect = this.#sheets[page - 1]?.getBoundingClientRect();
      return { page, distance: rect ? Math.max(0, rect.top - bottom, top - rect.bottom) : Infinity };
    });
    return distances.sort((a, b) => a.distance - b.distance || a.page - b.page)[0]?.page;
  }

  async #draw(page: number): Promise<void> {
    const { bundle, document: pdf, damaged } = this.#options;
    const element = this.#sheets[page - 1];
    if (!element) return;
    let found: PdfPage | undefined;
    try {
      found = await pdf.getPage(page);
      if (this.#isOver) return;
      shape(element, found.getViewport({ scale: 1 }));
      const width = this.#widthOf(page);
      const drawing = drawPage(bundle, { page: found, element, width });
      this.#drawing = { page, drawing };
      this.#fitText(page);
      await drawing.finished;
      this.#drawn.delete(page);
      this.#drawn.set(page, width);
      this.#forgetFar();
    } catch (error) {
      if (this.#isOver || (error instanceof Error && error.name === "RenderingCancelledException")) return;
      this.#damaged.add(page);
      const note = document.createElement("p");
      note.className = "pdf-page__problem";
      note.textContent = damaged;
      element.replaceChildren(note);
    } finally {
      this.#drawing = undefined;
      // What was begun and cancelled left as much as what was finished.
      found?.cleanup();
    }
  }

  /** Pictures are large: only some are kept of what is out of view. */
  #forgetFar(): void {
    const far = [...this.#drawn.keys()].filter((page) => !this.#near.has(page));
    for (const page of far.slice(0, Math.max(0, far.length - KEPT))) {
      this.#drawn.delete(page);
      this.#empty(page);
    }
  }

  #empty(page: number): void {
    const sheet = this.#sheets[page - 1];
    if (!sheet) return;
    dropPicture(sheet);
    sheet.replaceChildren();
  }

  #widthOf(page: number): number {
    return this.#sheets[page - 1]?.clientWidth ?? 0;
  }

  /** The text over a page is as large as the page, while its picture is stretched too. */
  #fitText(page: number): void {
    const sheet = this.#sheets[page - 1];
    const width = Number(sheet?.dataset.width);
    if (sheet && width > 0) {
      sheet.style.setProperty("--total-scale-factor", String(sheet.clientWidth / width));
    }
  }
}

/** Gives a page its shape; sizes are in points. */
function shape(sheet: HTMLElement, { width, height }: { width: number; height: number }): void {
  sheet.style.aspectRatio = `${width} / ${height}`;
  sheet.dataset.width = String(width);
}
