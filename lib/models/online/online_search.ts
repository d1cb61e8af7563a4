import { FreshetError, type OnlineResults, type OnlineSource } from "../../shared/mod.ts";
import type { Clock } from "../../host/mod.ts";
import { type Principal, requireScope } from "../../access/mod.ts";
import { askOnline } from "./ask.ts";
import { searchHuggingFace } from "./huggingface_search.ts";
import { searchOllama } from "./ollama_search.ts";

const FRESH_MS = 5 * 60_000;
const KEPT_MAX = 50;
const QUERY_MAX_CHARS = 100;

/** What the search needs. */
export interface OnlineOptions {
  clock: Clock;
  /** How the internet is reached; nothing is searched for where it is absent. */
  fetch?: (input: URL, init?: RequestInit) => Promise<Response>;
  /** Where the sources are, without a trailing slash; their own addresses where absent. */
  addresses?: Readonly<Record<OnlineSource, string>>;
}

const ADDRESSES: Readonly<Record<OnlineSource, string>> = {
  ollama: "https://ollama.com",
  huggingface: "https://huggingface.co",
};

/**
 * Searches for models on the internet, and only when it is asked to. What was found is kept for five minutes, so that a page
 * that is shown once more asks nobody.
 */
export class OnlineSearch {
  readonly #options: OnlineOptions;
  readonly #found = new Map<string, OnlineResults>();

  constructor(options: OnlineOptions) {
    this.#options = options;
  }

  /** False where it is switched off. */
  get isOn(): boolean {
    return this.#options.fetch !== undefined;
  }

  /**
   * Throws `invalid_request` without words, `unsupported` where it is switched off, and `unreachable`, `stalled`, `rate_limited`
   * or `upstream` with what is in the way.
   */
  async search(principal: Principal, source: OnlineSource, words: string): Promise<OnlineResults> {
    requireScope(principal, "models");
    const { fetch: send, clock, addresses = ADDRESSES } = this.#options;
    if (!send) {
      throw new FreshetError("unsupported", "Searching online is switched off", {
        hint: "features.onlineSearch in fresh.config.ts switches it on",
      });
    }
    const query = words.trim().slice(0, QUERY_MAX_CHARS);
    if (query === "") {
      throw new FreshetError("invalid_request", "Write what to search for", { field: "query" });
    }
    const key = JSON.stringify([source, query.toLowerCase()]);
    const known = this.#found.get(key);
    if (known && clock.now() - known.askedAt < FRESH_MS) return known;
    const base = addresses[source];
    const ask = (path: string) => askOnline(send, new URL(`${base}${path}`));
    const models = await (source === "ollama" ? searchOllama(ask, query) : searchHuggingFace(ask, query));
    const results = { source, query, models, askedAt: clock.now() };
    this.#found.delete(key);
    this.#found.set(key, results);
    const [oldest] = this.#found.keys();
    if (this.#found.size > KEPT_MAX && oldest !== undefined) this.#found.delete(oldest);
    return results;
  }
}
