import { FreshetError, newId } from "../shared/mod.ts";
import { Blobs, CHUNK_BYTES } from "./blob.ts";
import { BulkWriter } from "./bulk_writer.ts";
import { type Cipher, createCipher, deriveKey, loadKeyFile } from "./cipher.ts";
import { Codec, type RecordType, recordType } from "./codec.ts";
import { type FolderLock, lockFolder } from "./lock.ts";
import { Transaction } from "./transaction.ts";

/** Where and how the store keeps its data. */
export interface StoreOptions {
  /** The data folder; ":memory:" keeps everything in memory, for tests. */
  folder: string;
  /** A KV Connect URL to use in place of the file in the data folder. */
  url?: string | undefined;
  /** Derives the key from a passphrase in place of `secret.key`. */
  passphrase?: string | undefined;
  /** Encrypts every value, not only keys of model servers. */
  encryptAll?: boolean;
}

/** A record with its key and version. */
export interface Stored<T> {
  key: Deno.KvKey;
  value: T;
  versionstamp: string;
}

/** A record's JSON with its schema number. */
export interface RecordBody {
  body: Uint8Array;
  schema: number;
}

/** Schema 0 marks a record whose bytes are in a blob; no record type has it. */
const POINTER = recordType<{ blob: string }>("pointer", 0);
const READ_BATCH = 10;

/** Deno KV with typed, versioned records. One process opens a file at a time. */
export class Store {
  readonly kv: Deno.Kv;
  readonly codec: Codec;
  readonly blobs: Blobs;
  /** Seals keys of model servers. */
  readonly cipher: Cipher;
  /** Names this process among those that share the store. */
  readonly processId: string = newId();
  /** True where other processes may work on the same data. */
  readonly shared: boolean;
  /** The database's file, where it is one. */
  readonly file: string | undefined;
  /** Whether every value is encrypted. */
  readonly encryptAll: boolean;
  #lock: FolderLock | undefined;

  constructor(
    kv: Deno.Kv,
    cipher: Cipher,
    options: { encryptAll: boolean; shared: boolean; lock?: FolderLock; file?: string },
  ) {
    this.kv = kv;
    this.cipher = cipher;
    this.encryptAll = options.encryptAll;
    this.codec = new Codec(options.encryptAll ? cipher : undefined);
    this.blobs = new Blobs(kv, this.codec);
    this.shared = options.shared;
    this.file = options.file;
    this.#lock = options.lock;
  }

  /** The record at `key`, or null. */
  async get<T>(type: RecordType<T>, key: Deno.KvKey): Promise<Stored<T> | null> {
    return await this.#stored(type, await this.kv.get<Uint8Array>(key));
  }

  /** The records at the keys, in their order, null where there is none. */
  async getMany<T>(type: RecordType<T>, keys: Deno.KvKey[]): Promise<(Stored<T> | null)[]> {
    const found: (Stored<T> | null)[] = [];
    for (let i = 0; i < keys.length; i += READ_BATCH) {
      const entries = await this.kv.getMany<Uint8Array[]>(keys.slice(i, i + READ_BATCH));
      for (const entry of entries) found.push(await this.#stored(type, entry));
    }
    return found;
  }

  /** The records that a selector covers. */
  async *list<T>(
    type: RecordType<T>,
    selector: Deno.KvListSelector,
    options: Deno.KvListOptions = {},
  ): AsyncGenerator<Stored<T>> {
    for await (const entry of this.kv.list<Uint8Array>(selector, options)) {
      const stored = await this.#stored(type, entry);
      if (stored) yield stored;
    }
  }

  /** The bytes to set for a record that stays small. Throws `payload_too_large` beyond Deno KV's limit. */
  encode<T>(type: RecordType<T>, value: T): Uint8Array<ArrayBuffer> {
    const bytes = this.codec.encode(type, value);
    if (bytes.length <= CHUNK_BYTES) return bytes;
    throw new FreshetError("payload_too_large", `Cannot store a ${type.name} of ${bytes.length} bytes`);
  }

  /**
   * The bytes to set for a record of any size where none stood before: a large one is written as a blob first, whose key
   * comes too, and the bytes point there. To replace a record, use a `transaction`.
   */
  async encodeNew<T>(
    type: RecordType<T>,
    key: Deno.KvKey,
    value: T,
  ): Promise<{ bytes: Uint8Array<ArrayBuffer>; blob?: Deno.KvKey }> {
    return await this.#encodedNew(key, this.codec.encode(type, value));
  }

  /** The same for a record as it is kept: the JSON of any schema number. */
  async encodeBody(
    key: Deno.KvKey,
    { body, schema }: RecordBody,
  ): Promise<{ bytes: Uint8Array<ArrayBuffer>; blob?: Deno.KvKey }> {
    return await this.#encodedNew(key, this.codec.encodeBytes(body, schema));
  }

  /** A record as it is kept, in the schema that it was written in. */
  async body(key: Deno.KvKey, stored: Uint8Array): Promise<RecordBody> {
    if (!isPointer(stored)) return this.codec.decodeBytes(stored);
    const { blob } = this.codec.decode(POINTER, stored);
    const bytes = await this.blobs.read(blobKey(key, blob));
    if (bytes) return this.codec.decodeBytes(bytes);
    throw new FreshetError("storage", `Cannot read the record ${key.join("/")}: its blob is missing`);
  }

  async #encodedNew(
    key: Deno.KvKey,
    bytes: Uint8Array<ArrayBuffer>,
  ): Promise<{ bytes: Uint8Array<ArrayBuffer>; blob?: Deno.KvKey }> {
    if (bytes.length <= CHUNK_BYTES) return { bytes };
    const pointer = { blob: newId() };
    const blob = blobKey(key, pointer.blob);
    await this.blobs.write(blob, bytes);
    return { bytes: this.codec.encode(POINTER, pointer), blob };
  }

  /** The key of the blob that the record at `key` points to, where it does. */
  async blobOf(key: Deno.KvKey): Promise<Deno.KvKey | undefined> {
    const { value } = await this.kv.get<Uint8Array>(key);
    if (!value || !isPointer(value)) return undefined;
    return blobKey(key, this.codec.decode(POINTER, value).blob);
  }

  /** One atomic commit of records of any size; declare it with `await using`. */
  transaction(): Transaction {
    return new Transaction(this);
  }

  /** Deletes all records below a prefix, which has to name more than an entity and a profile, with all their blobs. */
  async deleteBelow(prefix: Deno.KvKey): Promise<void> {
    const writer = new BulkWriter(this.kv);
    for (const start of [prefix, blobKey(prefix)]) {
      for await (const { key } of this.kv.list({ prefix: start })) await writer.delete(key);
    }
    await writer.flush();
  }

  /** Closes the database and gives up the lock. */
  close(): void {
    this.kv.close();
    this.#lock?.[Symbol.dispose]();
  }

  async #stored<T>(type: RecordType<T>, entry: Deno.KvEntryMaybe<Uint8Array>): Promise<Stored<T> | null> {
    if (entry.versionstamp === null) return null;
    const { key, versionstamp } = entry;
    if (!isPointer(entry.value)) return { key, value: this.codec.decode(type, entry.value), versionstamp };
    const { blob } = this.codec.decode(POINTER, entry.value);
    try {
      const bytes = await this.blobs.read(blobKey(key, blob));
      if (bytes) return { key, value: this.codec.decode(type, bytes), versionstamp };
      throw new FreshetError("storage", `Cannot read a ${type.name}: its blob is missing`);
    } catch (error) {
      // A blob goes when its record is written anew, which may have happened since the record was read.
      const current = await this.kv.get<Uint8Array>(key);
      if (current.versionstamp === versionstamp) throw error;
      return await this.#stored(type, current);
    }
  }
}

/** Opens the store: locks the data folder, reads or makes its key and opens the database. */
export async function openStore(options: StoreOptions): Promise<Store> {
  const encryptAll = options.encryptAll ?? false;
  if (options.folder === ":memory:") {
    const key = crypto.getRandomValues(new Uint8Array(32));
    return new Store(await Deno.openKv(":memory:"), createCipher(key), { encryptAll, shared: false });
  }
  // A shared database has a lock of its own in every commit; its processes may share the folder with the key too.
  const shared = options.url !== undefined;
  const lock = await lockFolder(options.folder, { shared });
  let kv: Deno.Kv | undefined;
  try {
    const file = options.url === undefined ? databaseFile(options.folder) : undefined;
    kv = await Deno.openKv(options.url ?? file);
    const key = options.passphrase
      ? await deriveKey(kv, options.passphrase)
      : await loadKeyFile(options.folder);
    return new Store(kv, createCipher(key), { encryptAll, shared, lock, ...(file ? { file } : {}) });
  } catch (error) {
    kv?.close();
    lock[Symbol.dispose]();
    throw error;
  }
}

/** The database's file in a data folder. */
export function databaseFile(folder: string): string {
  return `${folder}/freshet.kv`;
}

function isPointer(bytes: Uint8Array): boolean {
  return bytes[2] === 0 && bytes[3] === 0;
}

/** Like every key, a blob's has its profile in second place: `[entity, profileId, …]` gives `[blob, profileId, entity, …]`. */
function blobKey([entity = "", profileId = "", ...rest]: Deno.KvKey, ...id: string[]): Deno.KvKey {
  return ["blob", profileId, entity, ...rest, ...id];
}
