import { FreshetError } from "../shared/mod.ts";
import { keys } from "./keys.ts";
import type { Store } from "./store.ts";

const KEPT_MS = 24 * 60 * 60_000;
const KEY_MAX_CHARS = 200;

/** A request that may come twice and must do its work once. Its result is kept for a day, in the commit that did the work. */
export class IdempotentRequest<T> {
  readonly #store: Store;
  readonly #key: Deno.KvKey | undefined;

  /** `key` is the client's, or null where it sent none; `scope` keeps keys of different operations apart. */
  constructor(store: Store, profileId: string, scope: string, key: string | null) {
    if (key && key.length > KEY_MAX_CHARS) {
      throw new FreshetError(
        "invalid_request",
        `An idempotency key has at most ${KEY_MAX_CHARS} characters`,
      );
    }
    this.#store = store;
    this.#key = key ? keys.idempotency(profileId, `${scope}/${key}`) : undefined;
  }

  /** What the request came to when it was made before, or null. */
  async result(): Promise<T | null> {
    return this.#key ? (await this.#store.kv.get<T>(this.#key)).value : null;
  }

  /** Adds the result to the commit, which fails where the same request was faster. */
  keep(operation: Deno.AtomicOperation, result: T): void {
    if (!this.#key) return;
    operation.check({ key: this.#key, versionstamp: null }).set(this.#key, result, { expireIn: KEPT_MS });
  }
}
