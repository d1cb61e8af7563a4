/** Below the 819,200 bytes and 1,000 mutations that Deno KV takes in a commit, with room for one more value. */
const COMMIT_BYTES = 700_000;
const COMMIT_MUTATIONS = 500;
/** Of keys alone it takes 81,920. */
const COMMIT_KEY_BYTES = 60_000;

/** Many changes in as few commits as Deno KV's limits allow. Each commit is atomic, all of them together are not. */
export class BulkWriter {
  #kv: Deno.Kv;
  #operation: Deno.AtomicOperation;
  #bytes = 0;
  #mutations = 0;
  #keyBytes = 0;

  constructor(kv: Deno.Kv) {
    this.#kv = kv;
    this.#operation = kv.atomic();
  }

  /** Sets a value, of at most Deno KV's 65,536 bytes. */
  async set(key: Deno.KvKey, value: unknown, options: { expireIn?: number } = {}): Promise<void> {
    this.#operation.set(key, value, options);
    await this.#added(key, value instanceof Uint8Array ? value.length : JSON.stringify(value).length);
  }

  /** Deletes a key. */
  async delete(key: Deno.KvKey): Promise<void> {
    this.#operation.delete(key);
    await this.#added(key, 0);
  }

  /** Commits what is left; call it at the end. */
  async flush(): Promise<void> {
    if (this.#mutations > 0) await this.#operation.commit();
    this.#operation = this.#kv.atomic();
    this.#bytes = 0;
    this.#mutations = 0;
    this.#keyBytes = 0;
  }

  async #added(key: Deno.KvKey, bytes: number): Promise<void> {
    this.#bytes += bytes;
    this.#mutations++;
    for (const part of key) this.#keyBytes += typeof part === "string" ? 2 * part.length + 2 : 9;
    const isFull = this.#bytes > COMMIT_BYTES || this.#mutations >= COMMIT_MUTATIONS ||
      this.#keyBytes > COMMIT_KEY_BYTES;
    if (isFull) await this.flush();
  }
}
