import { batch, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Clock } from "../../clock.ts";
import { loadPdf, type OpenPdf, openPdf, type PdfBundle, type PdfDocument } from "./load_pdf.ts";
import { PdfFind } from "./pdf_find.ts";
import { PdfSheets } from "./pdf_sheets.ts";
import { ZOOMS } from "./zooms.ts";

/** What became of a document: `locked` waits for its password, and the last ones say why there are no pages. */
export type PdfState = "loading" | "locked" | "ready" | "damaged" | "missing" | "unreachable";

/** What a `PdfModel` needs. */
export interface PdfModelOptions {
  url: string;
  clock: Clock;
  /** Where the pages come. */
  host: HTMLElement;
  label(page: number): string;
  damaged: string;
  load?: () => Promise<PdfBundle>;
}

/** A PDF that is looked at. */
export class PdfModel {
  readonly #state: Signal<PdfState> = signal("loading");
  readonly #isWrong = signal(false);
  readonly #pages = signal(0);
  readonly #page = signal(1);
  readonly #zoom = signal(1);
  readonly #find: Signal<PdfFind | null> = signal(null);
  readonly #options: PdfModelOptions;
  #open: OpenPdf | undefined;
  #sheets: PdfSheets | undefined;
  #give: ((password: string) => void) | undefined;
  #isOver = false;

  constructor(options: PdfModelOptions) {
    this.#options = options;
    void this.#start();
  }

  get state(): ReadonlySignal<PdfState> {
    return this.#state;
  }

  /** Whether a password was given that is not the right one. */
  get isWrong(): ReadonlySignal<boolean> {
    return this.#isWrong;
  }

  /** How many pages there are. */
  get pages(): ReadonlySignal<number> {
    return this.#pages;
  }

  /** The page that is looked at, from 1. */
  get page(): ReadonlySignal<number> {
    return this.#page;
  }

  get zoom(): ReadonlySignal<number> {
    return this.#zoom;
  }

  /** Null until there are pages. */
  get find(): ReadonlySignal<PdfFind | null> {
    return this.#find;
  }

  /** Opens the document with a password, which leaves the browser for nowhere. */
  unlock(password: string): void {
    this.#state.value = "loading";
    this.#give?.(password);
  }

  goTo(page: number): void {
    this.#sheets?.goTo(Math.min(Math.max(1, Math.round(page)), this.#pages.peek()));
  }

  /** The next larger width, or with -1 the next smaller one. */
  zoomBy(step: 1 | -1): void {
    const now = this.#zoom.peek();
    const next = step > 0 ? ZOOMS.find((zoom) => zoom > now) : ZOOMS.findLast((zoom) => zoom < now);
    if (next !== undefined) this.setZoom(next);
  }

  setZoom(zoom: number): void {
    this.#zoom.value = zoom;
    this.#sheets?.setZoom(zoom);
  }

  async close(): Promise<void> {
    this.#isOver = true;
    this.#find.peek()?.clear();
    this.#sheets?.close();
    await this.#open?.close();
  }

  async #start(): Promise<void> {
    const { url, load = loadPdf } = this.#options;
    try {
      const bundle = await load();
      if (this.#isOver) return;
      this.#open = openPdf(bundle, {
        url,
        onPassword: (give, isWrong) => this.#ask(give, isWrong),
        onDead: () => this.#fail("unreachable"),
      });
      await this.#show(bundle, await this.#open.task.promise);
    } catch (error) {
      this.#fail(reasonOf(error));
    }
  }

  async #show(bundle: PdfBundle, pdf: PdfDocument): Promise<void> {
    if (this.#isOver) return;
    const { host, clock, label, damaged } = this.#options;
    const sheets = this.#sheets = new PdfSheets({
      bundle,
      document: pdf,
      host,
      clock,
      label,
      damaged,
      onPage: (page) => this.#page.value = page,
    });
    await sheets.show();
    if (this.#isOver) return;
    batch(() => {
      this.#pages.value = pdf.numPages;
      this.#find.value = new PdfFind(pdf, sheets);
      this.#state.value = "ready";
    });
  }

  #ask(give: (password: string) => void, isWrong: boolean): void {
    this.#give = give;
    batch(() => {
      this.#isWrong.value = isWrong;
      this.#state.value = "locked";
    });
  }

  #fail(state: PdfState): void {
    if (!this.#isOver) this.#state.value = state;
  }
}

/** What a failure means for who looks; what the library throws has a name, and no class that could be asked for. */
function reasonOf(error: unknown): PdfState {
  if (!(error instanceof Error)) return "unreachable";
  if (error.name === "ResponseException") {
    return "missing" in error && error.missing ? "missing" : "unreachable";
  }
  if (error.name === "UnknownErrorException" || error instanceof TypeError) return "unreachable";
  return "damaged";
}
