import { createHash } from "node:crypto";
import { FreshetError } from "../shared/mod.ts";
import type { Codec } from "./codec.ts";

/** Below Deno KV's 65,536 bytes a value, with room for its own encoding. */
export const CHUNK_BYTES = 60_000;
const CHUNKS_PER_COMMIT = 10;
/** Deno KV's limit. */
const KEYS_PER_READ = 10;
const SHA256_BYTES = 32;
/** Bytes from which a hash is better made on a thread than at once. */
const WORTH_A_THREAD = 256 * 1024;

/** What says that a blob of several chunks is there, and how it is recognised. */
interface BlobInfo {
  /** Bytes before compression. */
  size: number;
  chunks: number;
  /** SHA-256 of the bytes, in hex; checked at every read. */
  sha256: string;
}

/** A small blob is nothing but its SHA-256 and its encoded bytes: with more, twice as many would need a second page of SQLite. */
type StoredBlob = BlobInfo | Uint8Array;

/** A blob to read; with `sha256`, only the one of these bytes: a blob that is whole may stand at the wrong place. */
export interface WantedBlob {
  key: Deno.KvKey;
  sha256?: string;
}

/**
 * Values of any size below a key. What fits into one value of the database is one, which costs one read; the rest is kept in
 * numbered chunks. Chunks are written before `info`, which makes the blob exist: a reader never sees half of one. Overwriting
 * a blob is not supported; use a new key.
 */
export class Blobs {
  #kv: Deno.Kv;
  #codec: Codec;

  constructor(kv: Deno.Kv, codec: Codec) {
    this.#kv = kv;
    this.#codec = codec;
  }

  /** Stores the bytes below `key`. */
  async write(key: Deno.KvKey, bytes: Uint8Array): Promise<void> {
    const encoded = await this.#codec.encodeManyBytes(bytes);
    const sha256 = await sha256Hex(bytes);
    if (encoded.length <= CHUNK_BYTES) {
      await this.#kv.set([...key, "info"], join([Uint8Array.fromHex(sha256), encoded]));
      return;
    }
    const chunks = Math.ceil(encoded.length / CHUNK_BYTES);
    for (let first = 0; first < chunks; first += CHUNKS_PER_COMMIT) {
      const operation = this.#kv.atomic();
      for (let i = first; i < Math.min(chunks, first + CHUNKS_PER_COMMIT); i++) {
        operation.set([...key, i], encoded.slice(i * CHUNK_BYTES, (i + 1) * CHUNK_BYTES));
      }
      await operation.commit();
    }
    const info: BlobInfo = { size: bytes.length, chunks, sha256 };
    await this.#kv.set([...key, "info"], info);
  }

  /** The bytes, or null where there is no such blob. Throws `storage` where they are not what was written or wanted. */
  async read(key: Deno.KvKey, sha256?: string): Promise<Uint8Array | null> {
    const { value: stored } = await this.#kv.get<StoredBlob>([...key, "info"]);
    return stored && await this.#open(key, stored, sha256);
  }

  /** Several blobs, in their order, in as few reads as there can be: what `read` would have resolved to or thrown for each. */
  async readMany(wanted: readonly WantedBlob[]): Promise<PromiseSettledResult<Uint8Array | null>[]> {
    const groups: Promise<PromiseSettledResult<Uint8Array | null>[]>[] = [];
    for (let first = 0; first < wanted.length; first += KEYS_PER_READ) {
      groups.push(this.#readGroup(wanted.slice(first, first + KEYS_PER_READ)));
    }
    return (await Promise.all(groups)).flat();
  }

  async #readGroup(wanted: readonly WantedBlob[]): Promise<PromiseSettledResult<Uint8Array | null>[]> {
    const entries = await this.#kv.getMany<StoredBlob[]>(wanted.map(({ key }) => [...key, "info"]));
    return await Promise.allSettled(wanted.map(async ({ key, sha256 }, i) => {
      const stored = entries[i]?.value;
      return stored ? await this.#open(key, stored, sha256) : null;
    }));
  }

  async #open(key: Deno.KvKey, stored: StoredBlob, wanted?: string): Promise<Uint8Array> {
    const isWhole = stored instanceof Uint8Array;
    const sha256 = isWhole ? stored.subarray(0, SHA256_BYTES).toHex() : stored.sha256;
    const encoded = isWhole ? stored.subarray(SHA256_BYTES) : await this.#chunks(key, stored.chunks);
    const body = this.#decode(key, encoded);
    const found = body.length < WORTH_A_THREAD ? sha256Now(body) : await sha256Hex(body);
    if (found !== sha256 || (wanted !== undefined && found !== wanted)) throw damaged(key);
    return body;
  }

  async #chunks(key: Deno.KvKey, count: number): Promise<Uint8Array> {
    const parts: Uint8Array[] = [];
    for (let first = 0; first < count; first += KEYS_PER_READ) {
      const length = Math.min(KEYS_PER_READ, count - first);
      const chunkKeys = Array.from({ length }, (_, i) => [...key, first + i]);
      for (const entry of await this.#kv.getMany<Uint8Array[]>(chunkKeys)) {
        if (!entry.value) {
          throw new FreshetError("storage", `Cannot read the blob ${name(key)}: a chunk is missing`);
        }
        parts.push(entry.value);
      }
    }
    return join(parts);
  }

  #decode(key: Deno.KvKey, bytes: Uint8Array): Uint8Array {
    try {
      return this.#codec.decodeBytes(bytes).body;
    } catch (error) {
      throw error instanceof FreshetError ? error : damaged(key, error);
    }
  }

  /** Deletes the blob; nothing happens where there is none. */
  async delete(key: Deno.KvKey): Promise<void> {
    const { value: stored } = await this.#kv.get<StoredBlob>([...key, "info"]);
    if (!stored) return;
    const operation = this.#kv.atomic().delete([...key, "info"]);
    const chunks = stored instanceof Uint8Array ? 0 : stored.chunks;
    for (let i = 0; i < chunks; i++) operation.delete([...key, i]);
    await operation.commit();
  }
}

/** SHA-256 in hex. */
export async function sha256Hex(bytes: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", bytes as Uint8Array<ArrayBuffer>);
  return new Uint8Array(digest).toHex();
}

function sha256Now(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function damaged(key: Deno.KvKey, cause?: unknown): FreshetError {
  return new FreshetError("storage", `Cannot read the blob ${name(key)}: its content is damaged`, { cause });
}

function name(key: Deno.KvKey): string {
  return key.map(String).join("/");
}

function join(parts: Uint8Array[]): Uint8Array {
  if (parts.length === 1 && parts[0]) return parts[0];
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
