import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { BridgeMessage, ConsoleLevel, SourcePosition } from "./messages.ts";

/** Older entries go: a page that logs without end must not fill the memory. */
const MOST = 300;

/** A line of a preview's console. */
export interface ConsoleEntry {
  id: number;
  level: ConsoleLevel;
  text: string;
  /** How often it came in a row. */
  count: number;
  position?: SourcePosition;
  stack?: string;
  /** For the note that so many messages were left out, which has no text. */
  dropped?: number;
}

/** What a preview wrote on its console, and what went wrong in it. */
export class ConsoleLog {
  readonly #entries: Signal<readonly ConsoleEntry[]> = signal([]);
  #lastId = 0;

  /** How many errors there were, repeated ones each time. */
  readonly errorCount: ReadonlySignal<number> = computed(() =>
    this.errors.value.reduce((sum, { count }) => sum + count, 0)
  );

  /** The entries that are errors. */
  readonly errors: ReadonlySignal<readonly ConsoleEntry[]> = computed(() =>
    this.#entries.value.filter(({ level }) => level === "error")
  );

  /** Oldest first. */
  get entries(): ReadonlySignal<readonly ConsoleEntry[]> {
    return this.#entries;
  }

  /** Adds what a bridge sent; other messages than of the console are left alone. */
  add(message: BridgeMessage): void {
    if (message.type === "console") this.#append({ level: message.level, text: message.text });
    else if (message.type === "dropped") this.#append({ level: "warn", text: "", dropped: message.count });
    else if (message.type === "error") {
      const { text, position, stack } = message;
      this.#append({ level: "error", text, ...(position ? { position } : {}), ...(stack ? { stack } : {}) });
    }
  }

  clear(): void {
    this.#entries.value = [];
  }

  #append(entry: Omit<ConsoleEntry, "id" | "count">): void {
    const entries = this.#entries.peek();
    const last = entries.at(-1);
    if (last && isSame(last, entry)) {
      this.#entries.value = [...entries.slice(0, -1), { ...last, count: last.count + 1 }];
      return;
    }
    this.#entries.value = [...entries, { ...entry, id: ++this.#lastId, count: 1 }].slice(-MOST);
  }
}

function isSame(a: Omit<ConsoleEntry, "id" | "count">, b: Omit<ConsoleEntry, "id" | "count">): boolean {
  return a.level === b.level && a.text === b.text && a.dropped === b.dropped && a.stack === b.stack &&
    a.position?.path === b.position?.path && a.position?.line === b.position?.line;
}
