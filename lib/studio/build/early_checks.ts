import type { CheckResult, RunEvent } from "../../shared/mod.ts";

/** Looks at what is there, as often as it is finished with the look before. */
export class EarlyChecks {
  readonly #check: (signal: AbortSignal) => Promise<AsyncIterable<CheckResult>>;
  readonly #controller = new AbortController();
  #looking: Promise<void> | undefined;
  #isStale = false;
  #found: CheckResult[] = [];

  constructor(check: (signal: AbortSignal) => Promise<AsyncIterable<CheckResult>>) {
    this.#check = check;
  }

  /** Says that there is more to look at. */
  look(): void {
    this.#isStale = true;
    this.#looking ??= this.#lookAll().finally(() => this.#looking = undefined);
  }

  /** The problems that were found since the last call, as events of the run. */
  *found(): Generator<RunEvent, void, undefined> {
    for (const result of this.#found.splice(0)) yield { type: "validation:result", result };
  }

  /** Ends the look that is under way: all checks come afterwards. */
  async stop(): Promise<void> {
    this.#controller.abort();
    await this.#looking;
  }

  async #lookAll(): Promise<void> {
    const { signal } = this.#controller;
    try {
      while (this.#isStale && !signal.aborted) {
        this.#isStale = false;
        for await (const result of await this.#check(signal)) {
          if (result.outcome === "failed") this.#found.push(result);
        }
      }
    } catch (error) {
      // What is looked at early is looked at again: nothing is lost with this look but its being early.
      this.#found = [];
      if (!signal.aborted) this.#controller.abort(error);
    }
  }
}
