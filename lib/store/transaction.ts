import { newId } from "../shared/mod.ts";
import type { Blobs } from "./blob.ts";
import type { RecordType } from "./codec.ts";
import { keys } from "./keys.ts";

/** Longer than a client tries to send a commit again. */
const MARK_KEPT_MS = 10 * 60_000;

/** The part of a store that a transaction works with. */
interface LargeRecords {
  readonly kv: Deno.Kv;
  readonly blobs: Blobs;
  readonly shared: boolean;
  encodeNew<T>(
    type: RecordType<T>,
    key: Deno.KvKey,
    value: T,
  ): Promise<{ bytes: Uint8Array; blob?: Deno.KvKey }>;
  blobOf(key: Deno.KvKey): Promise<Deno.KvKey | undefined>;
}

/**
 * One atomic commit whose records may be of any size: a large one is written as a blob first, and its value points there.
 * Blobs that the commit replaced are deleted after it, and those of a commit that did not happen when the transaction is
 * disposed of.
 */
export class Transaction implements AsyncDisposable {
  /** For what is checked, set and deleted besides. */
  readonly operation: Deno.AtomicOperation;
  #store: LargeRecords;
  #written: Deno.KvKey[] = [];
  #replaced: Deno.KvKey[] = [];

  constructor(store: LargeRecords) {
    this.#store = store;
    this.operation = store.kv.atomic();
  }

  /** Adds a record to the commit. */
  async set<T>(type: RecordType<T>, key: Deno.KvKey, value: T): Promise<void> {
    await this.#replace(key);
    const { bytes, blob } = await this.#store.encodeNew(type, key, value);
    if (blob) this.#written.push(blob);
    this.operation.set(key, bytes);
  }

  /** Adds the deletion of a record, with its blob, to the commit. */
  async delete(key: Deno.KvKey): Promise<void> {
    await this.#replace(key);
    this.operation.delete(key);
  }

  /** Commits; where a check fails nothing has happened. */
  async commit(): Promise<Deno.KvCommitResult | Deno.KvCommitError> {
    const written = this.#written;
    // Where the commit throws, nobody knows whether it happened: its blobs stay.
    this.#written = [];
    const result = await this.#commit();
    if (!result.ok) this.#written = written;
    else await this.#remove(this.#replaced);
    return result;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#remove(this.#written);
  }

  /**
   * Over a network the client sends a commit again whose answer was lost. Had it happened, its own checks fail then: a mark
   * in it tells that from a commit that did not happen.
   */
  async #commit(): Promise<Deno.KvCommitResult | Deno.KvCommitError> {
    const { kv, shared } = this.#store;
    if (!shared) return await this.operation.commit();
    const mark = keys.commitMark(newId());
    const result = await this.operation.set(mark, true, { expireIn: MARK_KEPT_MS }).commit();
    if (result.ok) return result;
    const { versionstamp } = await kv.get(mark);
    return versionstamp === null ? result : { ok: true, versionstamp };
  }

  async #replace(key: Deno.KvKey): Promise<void> {
    const blob = await this.#store.blobOf(key);
    if (blob) this.#replaced.push(blob);
  }

  /** A blob that nothing points to takes room and does no harm: failing to delete it is no failure of the commit. */
  async #remove(blobs: Deno.KvKey[]): Promise<void> {
    await Promise.allSettled(blobs.map((blob) => this.#store.blobs.delete(blob)));
  }
}
