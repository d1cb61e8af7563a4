import { batch, computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { FreshetError } from "../../../shared/mod.ts";
import type { DiffApi, FileComparison } from "./diff_api.ts";
import { changeStarts, type DiffRows, type DiffView, withOpened } from "./rows.ts";

/** So many rows are shown at first, and more of them at a time: each is an element of the page. */
const FIRST_ROWS = 600;
const MORE_ROWS = 1500;

/** Where a comparison stands; `unchosen` waits for two different versions. */
export type DiffState = "unchosen" | "loading" | "ready" | "failed";

/** What a `DiffModel` needs. */
export interface DiffModelOptions {
  projectId: string;
  api: Pick<DiffApi, "compare">;
  /** Makes the rows of two texts. */
  rowsOf(view: DiffView, before: string, after: string): Promise<DiffRows>;
}

/** Two versions that are compared. */
export interface DiffPair {
  before: string;
  after: string;
}

/** The comparison of two versions, file by file. */
export class DiffModel {
  readonly #options: DiffModelOptions;
  readonly #pair: Signal<DiffPair | null> = signal(null);
  readonly #state: Signal<DiffState> = signal("unchosen");
  readonly #failure: Signal<FreshetError | null> = signal(null);
  readonly #files: Signal<readonly FileComparison[]> = signal([]);
  readonly #path: Signal<string | null> = signal(null);
  readonly #view: Signal<DiffView> = signal("inline");
  readonly #made: Signal<DiffRows | null> = signal(null);
  readonly #opened: Signal<ReadonlySet<number>> = signal(new Set());
  readonly #limit = signal(FIRST_ROWS);
  readonly #change = signal(-1);
  #asked = 0;
  #making = 0;

  /** The file that is shown. */
  readonly file: ReadonlySignal<FileComparison | null> = computed(() =>
    this.#files.value.find(({ path }) => path === this.#path.value) ?? null
  );
  /** All rows of the file; null while they are being made. */
  readonly #all: ReadonlySignal<DiffRows | null> = computed(() => {
    const made = this.#made.value;
    return made && withOpened(made, this.file.value?.after ?? "", this.#opened.value);
  });
  /** Where changes begin, as indexes of rows. */
  readonly starts: ReadonlySignal<readonly number[]> = computed(() =>
    changeStarts(this.#all.value?.rows ?? [])
  );
  /** The rows that are shown. */
  readonly rows: ReadonlySignal<DiffRows | null> = computed(() => {
    const all = this.#all.value;
    const limit = this.#limit.value;
    if (!all || all.rows.length <= limit) return all;
    return all.view === "inline"
      ? { view: "inline", rows: all.rows.slice(0, limit) }
      : { view: "split", rows: all.rows.slice(0, limit) };
  });
  /** How many rows are not shown yet. */
  readonly hidden: ReadonlySignal<number> = computed(() =>
    Math.max(0, (this.#all.value?.rows.length ?? 0) - this.#limit.value)
  );

  constructor(options: DiffModelOptions) {
    this.#options = options;
  }

  get pair(): ReadonlySignal<DiffPair | null> {
    return this.#pair;
  }

  get state(): ReadonlySignal<DiffState> {
    return this.#state;
  }

  get failure(): ReadonlySignal<FreshetError | null> {
    return this.#failure;
  }

  get files(): ReadonlySignal<readonly FileComparison[]> {
    return this.#files;
  }

  get view(): ReadonlySignal<DiffView> {
    return this.#view;
  }

  /** The change that was gone to, from 0; -1 before the first. */
  get change(): ReadonlySignal<number> {
    return this.#change;
  }

  /** Compares two versions; the file that is shown stays where both have it. */
  async compare(before: string | null, after: string | null): Promise<void> {
    if (this.#isUnderWay(before, after)) return;
    const ask = ++this.#asked;
    this.#failure.value = null;
    this.#pair.value = before !== null && after !== null ? { before, after } : null;
    if (before === null || after === null || before === after) {
      this.#show("unchosen", []);
      return;
    }
    this.#state.value = "loading";
    try {
      const files = await this.#options.api.compare(this.#options.projectId, before, after);
      if (ask === this.#asked) this.#show("ready", files);
    } catch (error) {
      if (ask !== this.#asked) return;
      if (!(error instanceof FreshetError)) throw error;
      this.#failure.value = error;
      this.#show("failed", []);
    }
  }

  /** Compares the same versions again, after a failure. */
  async retry(): Promise<void> {
    const pair = this.#pair.peek();
    if (pair) await this.compare(pair.before, pair.after);
  }

  /** Shows a file, at one of its changes where wished. */
  select(path: string, change: "first" | "last" | null = null): void {
    this.#path.value = path;
    void this.#make(change);
  }

  setView(view: DiffView): void {
    if (view === this.#view.peek()) return;
    this.#view.value = view;
    void this.#make(null);
  }

  /** Shows the unchanged lines of a fold, which begins at a line of the new text. */
  openFold(newLine: number): void {
    this.#opened.value = new Set(this.#opened.peek()).add(newLine);
  }

  /** Shows more rows. */
  showMore(): void {
    this.#limit.value += MORE_ROWS;
  }

  /** Goes to the next change or the previous one, in the next or the previous file where this one has no more. */
  step(by: 1 | -1): void {
    const starts = this.starts.peek();
    const next = this.#change.peek() + by;
    if (next >= 0 && next < starts.length) return this.#goTo(next);
    const files = this.#files.peek();
    const at = files.findIndex(({ path }) => path === this.#path.peek());
    const file = files[at + by];
    if (at >= 0 && file) this.select(file.path, by === 1 ? "first" : "last");
  }

  /** Versions do not change, so that what was compared stays compared. */
  #isUnderWay(before: string | null, after: string | null): boolean {
    const pair = this.#pair.peek();
    const state = this.#state.peek();
    return pair?.before === before && pair?.after === after && (state === "loading" || state === "ready");
  }

  #goTo(change: number): void {
    const row = this.starts.peek()[change];
    if (row === undefined) return;
    if (row >= this.#limit.peek()) this.#limit.value = row + MORE_ROWS;
    this.#change.value = change;
  }

  #show(state: DiffState, files: readonly FileComparison[]): void {
    const path = this.#path.peek();
    batch(() => {
      this.#state.value = state;
      this.#files.value = files;
      this.#path.value = files.find((file) => file.path === path)?.path ?? files[0]?.path ?? null;
    });
    void this.#make(null);
  }

  async #make(change: "first" | "last" | null): Promise<void> {
    const making = ++this.#making;
    const file = this.file.peek();
    batch(() => {
      this.#made.value = null;
      this.#opened.value = new Set();
      this.#limit.value = FIRST_ROWS;
      this.#change.value = -1;
    });
    if (!file) return;
    const rows = await this.#options.rowsOf(this.#view.peek(), file.before ?? "", file.after ?? "");
    if (making !== this.#making) return;
    this.#made.value = rows;
    if (change) this.#goTo(change === "first" ? 0 : this.starts.peek().length - 1);
  }
}
