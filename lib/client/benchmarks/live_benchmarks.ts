import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Benchmark, ProfileEvent } from "../../shared/mod.ts";
import type { Clock } from "../clock.ts";

/** Figures are fetched no more often than this. */
const RELOAD_MS = 1_000;

/** What `LiveBenchmarks` needs. */
export interface LiveBenchmarksOptions {
  benchmarks: readonly Benchmark[];
  clock: Clock;
  /** Fetches what is shown anew. */
  load(): Promise<readonly Benchmark[]>;
  onError(error: unknown): void;
}

/** The benchmarks that a page shows. Progress is told; the figures behind it are fetched soon after, one fetch at a time. */
export class LiveBenchmarks {
  readonly #options: LiveBenchmarksOptions;
  readonly #list: Signal<readonly Benchmark[]>;
  #cancel: (() => void) | undefined;
  #loading: Promise<void> | undefined;
  #loadedAt = -Infinity;
  #isStale = false;

  constructor(options: LiveBenchmarksOptions) {
    this.#options = options;
    this.#list = signal(options.benchmarks);
  }

  get list(): ReadonlySignal<readonly Benchmark[]> {
    return this.#list;
  }

  /** Takes what the server tells; `isOurs` says whether a benchmark that is not there yet belongs to the page. */
  receive(event: ProfileEvent, isOurs: (id: string) => boolean = () => true): void {
    if (event.type === "benchmark:removed") {
      this.#list.value = this.#list.peek().filter(({ id }) => id !== event.benchmarkId);
    }
    if (event.type !== "benchmark:changed" || !isOurs(event.benchmark.id)) return;
    const { benchmark: progress } = event;
    this.#list.value = this.#list.peek().map((one) =>
      one.id === progress.id && one.updatedAt <= progress.updatedAt ? { ...one, ...progress } : one
    );
    this.reloadSoon();
  }

  /** Fetches everything anew, soon. */
  reloadSoon(): void {
    this.#isStale = true;
    if (this.#cancel || this.#loading) return;
    const { clock } = this.#options;
    const wait = Math.max(0, this.#loadedAt + RELOAD_MS - clock.now());
    this.#cancel = clock.after(wait, () => {
      this.#cancel = undefined;
      this.#loading = this.#load().finally(() => {
        this.#loading = undefined;
        if (this.#isStale) this.reloadSoon();
      });
    });
  }

  /** Fetches nothing any more. */
  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#isStale = false;
  }

  async #load(): Promise<void> {
    const { clock, load, onError } = this.#options;
    this.#isStale = false;
    try {
      this.#list.value = await load();
    } catch (error) {
      onError(error);
    }
    this.#loadedAt = clock.now();
  }
}
