import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { type ErrorBody, FreshetError } from "../shared/mod.ts";

/** What a `Submission` needs. */
export interface SubmissionOptions {
  /** What was wrong when the page was made. */
  problem: ErrorBody | null;
  /** Told of failures that are not of what was written. */
  onError(error: unknown): void;
}

/** A form that is sent, once at a time, with what the server says against what was written in it. */
export class Submission {
  readonly #busy = signal(false);
  readonly #problem: Signal<ErrorBody | null>;
  readonly #onError: (error: unknown) => void;

  constructor({ problem, onError }: SubmissionOptions) {
    this.#problem = signal(problem);
    this.#onError = onError;
  }

  get busy(): ReadonlySignal<boolean> {
    return this.#busy;
  }

  /** What is wrong with what was written. */
  get problem(): ReadonlySignal<ErrorBody | null> {
    return this.#problem;
  }

  /** Forgets what was wrong, as when something else is written. */
  begin(): void {
    this.#problem.value = null;
  }

  /** Does what sends the form, unless that is under way; true where the server took it. */
  async send(work: () => Promise<void>): Promise<boolean> {
    if (this.#busy.peek()) return false;
    this.#busy.value = true;
    this.#problem.value = null;
    try {
      await work();
      return true;
    } catch (error) {
      tellProblem(error, this.#problem, this.#onError);
      return false;
    } finally {
      this.#busy.value = false;
    }
  }
}

/** Puts an error beside the form where it is one of what was written, and else tells of it. */
export function tellProblem(
  error: unknown,
  problem: Signal<ErrorBody | null>,
  onError: (error: unknown) => void,
): void {
  if (error instanceof FreshetError && error.status < 500) problem.value = error.toBody();
  else onError(error);
}
