import { FreshetError } from "../../shared/mod.ts";
import type { Deadline, Deadlines } from "./deadlines.ts";

/** The deadline of one call with all its attempts; its signal is aborted by the caller's too. */
export class TotalDeadline {
  readonly #caller: AbortSignal;
  readonly #controller = new AbortController();
  readonly #deadline: Deadline;
  #late: FreshetError | undefined;

  constructor(caller: AbortSignal, deadlines: Deadlines, ms: number) {
    this.#caller = caller;
    if (caller.aborted) this.#onAbort();
    else caller.addEventListener("abort", this.#onAbort, { once: true });
    this.#deadline = deadlines.start(ms, () => {
      this.#late = new FreshetError("stalled", `The answer was not there after ${Math.round(ms / 1000)} s`);
      this.#controller.abort(this.#late);
    });
  }

  readonly #onAbort = () => this.#controller.abort(this.#caller.reason);

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Why a call ended: its caller's reason, the deadline, or else the error itself. */
  reasonOf(error: unknown): unknown {
    if (this.#late) return this.#late;
    if (!this.#caller.aborted) return error;
    const { reason } = this.#caller;
    return reason instanceof FreshetError ? reason : new DOMException("", "AbortError");
  }

  /** Calls it off. */
  close(): void {
    this.#deadline.clear();
    this.#caller.removeEventListener("abort", this.#onAbort);
  }
}
