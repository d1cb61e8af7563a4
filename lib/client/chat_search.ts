import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { ChatFilter, ChatSearchHit } from "../shared/mod.ts";
import type { ChatApi } from "./chat_api.ts";
import type { Clock } from "./clock.ts";

/** A pause in typing (ms) after which is searched. */
const PAUSE_MS = 160;

/** The search over titles and texts of all chats. */
export class ChatSearch {
  readonly query: Signal<string> = signal("");
  /** Which chats are searched, and listed meanwhile. */
  readonly filter: Signal<ChatFilter | null> = signal(null);
  readonly #hits = signal<readonly ChatSearchHit[] | null>(null);
  readonly #failed = signal(false);
  readonly #api: ChatApi;
  readonly #clock: Clock;
  #cancel: (() => void) | undefined;

  constructor(api: ChatApi, clock: Clock) {
    this.#api = api;
    this.#clock = clock;
  }

  /** What was found; null while nothing is searched for or the first answer is awaited. */
  get hits(): ReadonlySignal<readonly ChatSearchHit[] | null> {
    return this.#hits;
  }

  get failed(): ReadonlySignal<boolean> {
    return this.#failed;
  }

  /** Searches for a text; the newest query wins. */
  search(query: string): void {
    this.#cancel?.();
    this.query.value = query;
    this.#failed.value = false;
    const wanted = query.trim();
    if (wanted === "") {
      this.#hits.value = null;
      return;
    }
    const abort = new AbortController();
    const cancelPause = this.#clock.after(PAUSE_MS, () => this.#fetch(wanted, abort.signal));
    this.#cancel = () => {
      cancelPause();
      abort.abort();
    };
  }

  /** Searches and lists some chats only, or all again. */
  choose(filter: ChatFilter): void {
    const isSome = filter.folder !== undefined || filter.tag !== undefined;
    this.filter.value = isSome ? filter : null;
    this.search(this.query.peek());
  }

  async #fetch(query: string, signal: AbortSignal): Promise<void> {
    try {
      const { hits } = await this.#api.search(query, signal, this.filter.peek() ?? {});
      if (!signal.aborted) this.#hits.value = hits;
    } catch {
      // A newer query took over, or the search failed, which is shown in its place.
      if (!signal.aborted) this.#failed.value = true;
    }
  }
}
