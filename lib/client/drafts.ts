import { browserStorage } from "./browser_storage.ts";

/** Where drafts are kept: `localStorage`, or its like in tests. */
export type DraftStorage = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** Unsent text, by chat, so that it survives a reload. */
export class Drafts {
  readonly #storage: DraftStorage | undefined;

  /** Without a storage (on the server, or where the browser forbids it) nothing is kept. */
  constructor(storage: DraftStorage | undefined = browserStorage()) {
    this.#storage = storage;
  }

  /** The draft of a chat, or of the one yet to be made. */
  read(chatId: string | null): string {
    return this.#storage?.getItem(keyOf(chatId)) ?? "";
  }

  write(chatId: string | null, text: string): void {
    try {
      if (text === "") this.#storage?.removeItem(keyOf(chatId));
      else this.#storage?.setItem(keyOf(chatId), text);
    } catch (error) {
      // A full storage costs the draft's survival, nothing else.
      if (!(error instanceof DOMException)) throw error;
    }
  }
}

/** Profiles that share a browser do not see each other's; the first one's have no name in their keys. */
function keyOf(chatId: string | null): string {
  const profile = globalThis.document?.documentElement.dataset["profile"] ?? "";
  return `freshet:draft:${profile}${chatId ?? "new"}`;
}
