import { type ReadonlySignal, signal } from "@preact/signals";

/** What stands beside the chat. */
export type WorkTab = "code" | "preview" | "run" | "diff";

/** Share (percent) of the width that the chat has. */
const DEFAULT_SPLIT = 40;
const SMALLEST_SPLIT = 24;
const LARGEST_SPLIT = 70;
const STEP = 2;
const BIG_STEP = 10;
/** Below this width (px) the files lie over the code. */
const TREE_OVER_CODE = 768;
const STORAGE_KEY = "freshet:studio:split";

/** How the page is divided: the chat beside the code, in tabs on tablets, in a sheet on phones. */
export class WorkspaceLayout {
  readonly #tab = signal<WorkTab>("code");
  readonly #chatShown = signal(false);
  readonly #split = signal(DEFAULT_SPLIT);
  readonly #tree = signal<"auto" | "shown" | "hidden">("auto");

  get tab(): ReadonlySignal<WorkTab> {
    return this.#tab;
  }

  /** Whether the chat is in front: its tab on tablets, the open sheet on phones. */
  get chatShown(): ReadonlySignal<boolean> {
    return this.#chatShown;
  }

  /** Percent of the width for the chat. */
  get split(): ReadonlySignal<number> {
    return this.#split;
  }

  /** Whether the files are shown beside the code (over it on phones); `auto` is by the width of the page. */
  get tree(): ReadonlySignal<"auto" | "shown" | "hidden"> {
    return this.#tree;
  }

  get limits(): { min: number; max: number } {
    return { min: SMALLEST_SPLIT, max: LARGEST_SPLIT };
  }

  show(tab: WorkTab): void {
    this.#tab.value = tab;
    this.#chatShown.value = false;
  }

  showChat(shown: boolean): void {
    this.#chatShown.value = shown;
  }

  showTree(shown: boolean): void {
    this.#tree.value = shown ? "shown" : "hidden";
  }

  /** A file was chosen: where the files lie over the code, they go. */
  fileChosen(): void {
    if (globalThis.innerWidth < TREE_OVER_CODE) this.showTree(false);
  }

  /** Shows and hides what fits the width of the page. */
  fit(width: number): void {
    this.showTree(width >= TREE_OVER_CODE);
  }

  setSplit(percent: number): void {
    this.#split.value = Math.round(Math.min(Math.max(percent, SMALLEST_SPLIT), LARGEST_SPLIT) * 10) / 10;
  }

  /** Moves the divider by a key; false for a key that means nothing to it. */
  press(key: string, isBig: boolean): boolean {
    const step = isBig ? BIG_STEP : STEP;
    const split = this.#split.peek();
    const next: Record<string, number> = {
      ArrowLeft: split - step,
      ArrowRight: split + step,
      Home: SMALLEST_SPLIT,
      End: LARGEST_SPLIT,
      Enter: DEFAULT_SPLIT,
    };
    const percent = next[key];
    if (percent === undefined) return false;
    this.setSplit(percent);
    return true;
  }

  /** Takes the division of the last time. */
  restore(storage: Pick<Storage, "getItem">): void {
    const kept = Number(storage.getItem(STORAGE_KEY));
    if (kept > 0) this.setSplit(kept);
  }

  keep(storage: Pick<Storage, "setItem">): void {
    storage.setItem(STORAGE_KEY, String(this.#split.peek()));
  }
}
