import { type ReadonlySignal, type Signal, signal } from "@preact/signals";

/** Where messages that were not delivered are kept: `localStorage`, or its like. One storage for each server. */
export type OutboxStorage = Pick<Storage, "length" | "key" | "getItem" | "setItem" | "removeItem">;

/** A message that was not delivered yet. */
export interface QueuedMessage {
  /** Sorts by the time of writing; the server takes a message with this id once. */
  id: string;
  content: string;
  model?: string;
  chatId?: string;
  /** When it was written (ms since 1970). */
  timestamp: number;
}

const PREFIX = "freshet:outbox:";

/**
 * Messages that were not delivered, oldest first. Each has a key of its own in the storage, so that two tabs do not undo each
 * other's changes; that both may send one does no harm, since the server takes it once.
 */
export class Outbox {
  readonly #storage: OutboxStorage | undefined;
  readonly #messages: Signal<readonly QueuedMessage[]>;

  /** Without a storage nothing survives a reload. */
  constructor(storage: OutboxStorage | undefined) {
    this.#storage = storage;
    this.#messages = signal(storage ? readAll(storage) : []);
  }

  get messages(): ReadonlySignal<readonly QueuedMessage[]> {
    return this.#messages;
  }

  /** The message with this id, where it is not delivered yet. */
  get(id: string): QueuedMessage | undefined {
    return this.#messages.peek().find((message) => message.id === id);
  }

  add(message: QueuedMessage): void {
    this.#messages.value = [...this.#messages.peek(), message];
    try {
      this.#storage?.setItem(PREFIX + message.id, JSON.stringify(message));
    } catch (error) {
      // A full storage costs the message's survival of a reload, nothing else.
      if (!(error instanceof DOMException)) throw error;
    }
  }

  remove(id: string): void {
    this.#messages.value = this.#messages.peek().filter((message) => message.id !== id);
    this.#storage?.removeItem(PREFIX + id);
  }
}

function readAll(storage: OutboxStorage): QueuedMessage[] {
  const names = Array.from({ length: storage.length }, (_, i) => storage.key(i) ?? "");
  const found = names.filter((name) => name.startsWith(PREFIX)).sort();
  return found.flatMap((name) => parse(storage.getItem(name)));
}

/** Nothing for what is damaged: it could not be sent anyway. */
function parse(text: string | null): QueuedMessage[] {
  try {
    const value: unknown = JSON.parse(text ?? "null");
    return isQueued(value) ? [value] : [];
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}

function isQueued(value: unknown): value is QueuedMessage {
  if (typeof value !== "object" || value === null) return false;
  const { id, content } = value as { id?: unknown; content?: unknown };
  return typeof id === "string" && typeof content === "string";
}
