import { type ReadonlySignal, signal } from "@preact/signals";
import type { UnsentMessage } from "./unsent_message.ts";

/** Where unsent messages are kept: `localStorage`, or its like in tests. */
export type OutboxStorage = Pick<Storage, "length" | "key" | "getItem" | "setItem" | "removeItem">;

/**
 * The messages of a profile that the server has not taken yet, oldest first. Each has an entry of its own in the storage, so
 * that tabs do not undo each other's changes, and is written there before it is sent.
 */
export class Outbox {
  readonly storage: OutboxStorage | undefined;
  /** What the names of its entries begin with; the ids follow. */
  readonly prefix: string;
  readonly #messages = signal<readonly UnsentMessage[]>([]);

  /** Without a storage nothing survives the page. */
  constructor(profileId: string, storage: OutboxStorage | undefined) {
    this.storage = storage;
    this.prefix = `freshet:unsent:${profileId}:`;
  }

  get messages(): ReadonlySignal<readonly UnsentMessage[]> {
    return this.#messages;
  }

  /** Those of a chat, by its id or the key of one yet to be made. */
  of(lane: string): UnsentMessage[] {
    return this.#messages.value.filter(({ chatId, chatKey }) => (chatId ?? chatKey) === lane);
  }

  get(id: string): UnsentMessage | undefined {
    return this.#messages.peek().find((message) => message.id === id);
  }

  /** Adds a message, or changes the one with this id. */
  put(message: UnsentMessage): void {
    let unkept = !this.storage;
    try {
      this.storage?.setItem(this.prefix + message.id, JSON.stringify(message));
    } catch (error) {
      // A full storage costs the message's survival of the page, nothing else.
      if (!(error instanceof DOMException)) throw error;
      unkept = true;
    }
    this.show({ ...message, unkept });
  }

  remove(id: string): void {
    this.storage?.removeItem(this.prefix + id);
    this.forget(id);
  }

  /** Shows a message that stands in the storage. */
  show(message: UnsentMessage): void {
    this.forget(message.id);
    this.#messages.value = [...this.#messages.peek(), message].sort((a, b) => a.id < b.id ? -1 : 1);
  }

  /** Shows a message no more that another tab has sent or taken away. */
  forget(id: string): void {
    this.#messages.value = this.#messages.peek().filter((message) => message.id !== id);
  }

  /** Whether a message is still to be sent, which another tab may have done or undone. */
  isThere(id: string): boolean {
    if (!this.get(id)?.unkept && this.storage?.getItem(this.prefix + id) === null) this.forget(id);
    return this.get(id) !== undefined;
  }
}
