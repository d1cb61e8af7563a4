import type { RunMessage } from "../../shared/mod.ts";

/** A run that is being followed. */
export interface FollowedRun {
  /** Of the last event that was taken; 0 before the first. */
  seq: number;
  /** The chat that it answers in, where that is known. */
  chatId?: string;
}

/** What became of a message: to be shown, known already, or with something missing before it. */
export type Verdict = "new" | "known" | "gap";

/** The runs that are followed, and how far each has been seen: nothing twice, nothing left out. */
export class FollowedRuns {
  readonly #runs = new Map<string, FollowedRun>();

  has(runId: string): boolean {
    return this.#runs.has(runId);
  }

  /** The runs with their ids. */
  all(): [string, FollowedRun][] {
    return [...this.#runs];
  }

  /** The chats in which an answer is being written. */
  chatIds(): Set<string> {
    return new Set([...this.#runs.values()].flatMap(({ chatId }) => chatId ?? []));
  }

  add(runId: string, run: FollowedRun): void {
    if (!this.#runs.has(runId)) this.#runs.set(runId, run);
  }

  delete(runId: string): void {
    this.#runs.delete(runId);
  }

  /** Takes note of a message. A run is followed no more when its end has come. */
  take(message: RunMessage): Verdict {
    const run = this.#runs.get(message.runId);
    if (!run) return "known";
    const isEnd = message.type === "status" && message.status === "end";
    if (message.seq <= run.seq && !isEnd) return "known";
    if (message.seq > run.seq && (message.firstSeq ?? message.seq) !== run.seq + 1) return "gap";
    run.seq = message.seq;
    if (isEnd) this.#runs.delete(message.runId);
    return "new";
  }
}
