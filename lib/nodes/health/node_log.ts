import type { NodeLogEntry } from "../../shared/mod.ts";

/** Entries of each kind that are kept. */
const KEPT = 50;

/** The entries that questions of ours make. */
export type Asked = Extract<NodeLogEntry, { nextAt?: number }>;

/**
 * The latest of what was seen of one node, in memory. What we asked and what happened are kept apart: a node that fails many
 * calls must not push its probes out, nor the other way around.
 */
export class NodeLog {
  readonly #asked: { seq: number; entry: NodeLogEntry }[] = [];
  readonly #happened: { seq: number; entry: NodeLogEntry }[] = [];
  #seq = 0;

  /** Enters what came of a question; the entry is returned so that the time of the next one can be set on it. */
  ask(entry: Asked): Asked {
    this.#add(this.#asked, entry);
    return entry;
  }

  /** Enters what happened. */
  add(entry: Exclude<NodeLogEntry, Asked>): void {
    this.#add(this.#happened, entry);
  }

  /** All entries, newest first. */
  entries(): NodeLogEntry[] {
    return [...this.#asked, ...this.#happened].sort((a, b) => b.seq - a.seq).map(({ entry }) => ({
      ...entry,
    }));
  }

  #add(kept: { seq: number; entry: NodeLogEntry }[], entry: NodeLogEntry): void {
    kept.push({ seq: ++this.#seq, entry });
    if (kept.length > KEPT) kept.shift();
  }
}
