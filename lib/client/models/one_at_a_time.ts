import { type ReadonlySignal, type Signal, signal } from "@preact/signals";

/** What a `OneAtATime` needs. */
export interface OneAtATimeOptions {
  /** Called after something was done, before it counts as over. */
  after(): Promise<void>;
  onError(error: unknown): void;
}

/** Does what a person asks for, one thing at a time: what is asked for meanwhile is not done. */
export class OneAtATime {
  readonly #options: OneAtATimeOptions;
  readonly #busy: Signal<string | null> = signal(null);

  constructor(options: OneAtATimeOptions) {
    this.#options = options;
  }

  /** What is under way. */
  get busy(): ReadonlySignal<string | null> {
    return this.#busy;
  }

  /** True where it was done. */
  async do(name: string, work: () => Promise<void>): Promise<boolean> {
    if (this.#busy.peek() !== null) return false;
    this.#busy.value = name;
    try {
      await work();
      await this.#options.after();
      return true;
    } catch (error) {
      this.#options.onError(error);
      return false;
    } finally {
      this.#busy.value = null;
    }
  }
}
