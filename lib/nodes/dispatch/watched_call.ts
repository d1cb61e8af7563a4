import { FreshetError } from "../../shared/mod.ts";
import { CALL_ENDED } from "../../providers/mod.ts";
import type { Deadline, Deadlines } from "./deadlines.ts";

/** One request to one node under its deadlines: a stall aborts it and becomes `stalled`. */
export class WatchedCall {
  readonly #node: string;
  readonly #outer: AbortSignal;
  readonly #controller = new AbortController();
  readonly #deadline: Deadline;
  #hasAnswered = false;
  #stalled: FreshetError | undefined;

  /** `outer` ends the request too; the node's name is for the error. */
  constructor(node: string, outer: AbortSignal, deadlines: Deadlines, firstMs: number) {
    this.#node = node;
    this.#outer = outer;
    if (outer.aborted) this.#onAbort();
    outer.addEventListener("abort", this.#onAbort, { once: true });
    this.#deadline = deadlines.start(firstMs, () => {
      this.#stalled = stallError(this.#node, this.#hasAnswered);
      this.#controller.abort(this.#stalled);
    });
  }

  readonly #onAbort = () => this.#controller.abort(this.#outer.reason);

  /** Aborted by a stall, by `outer` and at the end. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Says that something came, which is a part of the answer or not, and how long the next may take. */
  extend(ms: number, isAnswer: boolean): void {
    this.#hasAnswered ||= isAnswer;
    this.#deadline.extend(ms);
  }

  /** Why the request failed: the stall, where it was one. */
  reasonOf(error: unknown): unknown {
    return this.#stalled ?? error;
  }

  /** Ends the watch, and the request where it still goes on. */
  close(): void {
    this.#deadline.clear();
    this.#outer.removeEventListener("abort", this.#onAbort);
    this.#controller.abort(CALL_ENDED);
  }
}

function stallError(node: string, hasAnswered: boolean): FreshetError {
  return new FreshetError(
    "stalled",
    hasAnswered ? `${node} stopped in mid-answer` : `${node} did not begin to answer in time`,
  );
}
