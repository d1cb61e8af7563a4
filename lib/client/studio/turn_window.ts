import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Version } from "../../shared/mod.ts";

/** So many turns of the chat are rendered at first, and so many more each time that earlier ones are wished for. */
export const TURNS_AT_FIRST = 20;
/** So many turns are shown before one that was looked for, so that one can see where it stands. */
const TURNS_BEFORE = 2;

/** What a `TurnWindow` needs. */
export interface TurnWindowOptions {
  /** The versions of the chat, oldest first. */
  thread: ReadonlySignal<readonly Version[]>;
  /** Whether no version of the project is missing in the thread. */
  isWhole: ReadonlySignal<boolean>;
  /** Whether all turns are shown from the start. */
  all: boolean;
}

/** Which versions of a chat are rendered: the newest ones, and as many before them as a person asked for. */
export class TurnWindow {
  readonly #thread: ReadonlySignal<readonly Version[]>;
  /** The number of the first version that is shown. */
  readonly #from: Signal<number>;
  readonly #start: ReadonlySignal<number>;
  readonly shown: ReadonlySignal<readonly Version[]>;
  /** Whether there are versions before those that are shown. */
  readonly hasEarlier: ReadonlySignal<boolean>;

  constructor({ thread, isWhole, all }: TurnWindowOptions) {
    this.#thread = thread;
    this.#from = signal(all ? 0 : thread.peek().at(-TURNS_AT_FIRST)?.number ?? 0);
    this.#start = computed(() => this.#startIn(thread.value));
    this.shown = computed(() => thread.value.slice(this.#start.value));
    this.hasEarlier = computed(() => this.#start.value > 0 || !isWhole.value);
  }

  /** Shows more of the turns before; how many. */
  showEarlier(): number {
    const start = this.#start.peek();
    this.#showFrom(Math.max(0, start - TURNS_AT_FIRST));
    return start - this.#start.peek();
  }

  /** Sees to it that a version of the thread is shown. */
  include(versionId: string): void {
    const index = this.#thread.peek().findIndex(({ id }) => id === versionId);
    if (index >= 0 && index < this.#start.peek()) this.#showFrom(Math.max(0, index - TURNS_BEFORE));
  }

  #showFrom(index: number): void {
    this.#from.value = this.#thread.peek()[index]?.number ?? 0;
  }

  #startIn(thread: readonly Version[]): number {
    const from = thread.findIndex(({ number }) => number >= this.#from.value);
    return Math.max(0, Math.min(from < 0 ? thread.length : from, thread.length - TURNS_AT_FIRST));
  }
}
