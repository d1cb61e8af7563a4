import { FreshetError } from "../shared/mod.ts";
import type { Codec } from "./codec.ts";

/** Below Deno KV's 65,536 bytes a value, with room for its own encoding. */
export const CHUNK_BYTES = 60_000;
const CHUNKS_PER_COMMIT = 10;
const CHUNKS_PER_READ = 10;

/** What a stored blob is recognised by. */
export interface BlobInfo {
  /** Bytes before compression. */
  size: number;
  chunks: number;
  /** SHA-256 of the bytes, in hex; checked at every read. */
  sha256: string;
}

/**
 * Values larger than Deno KV's limit, as numbered chunks below a key. Chunks are written before `info`, which makes the blob
 * exist: a reader never sees half of one. Overwriting a blob is not supported; use a new key.
 */
export class Blobs {
  #kv: Deno.Kv;
  #codec: Codec;

  constructor(kv: Deno.Kv, codec: Codec) {
    this.#kv = kv;
    this.#codec = codec;
  }

  /** Stores the bytes below `key`. */
  async write(key: Deno.KvKey, bytes: Uint8Array): Promise<BlobInfo> {
    const encoded = await this.#codec.encodeManyBytes(bytes);
    const chunks = Math.ceil(encoded.length / CHUNK_BYTES);
    for (let first = 0; first < chunks; first += CHUNKS_PER_COMMIT) {
      const operation = this.#kv.atomic();
      for (let i = first; i < Math.min(chunks, first + CHUNKS_PER_COMMIT); i++) {
        operation.set([...key, i], encoded.slice(i * CHUNK_BYTES, (i + 1) * CHUNK_BYTES));
      }
      await operation.commit();
    }
    const info: BlobInfo = { size: bytes.length, chunks, sha256: await sha256Hex(bytes) };
    await this.#kv.set([...key, "info"], info);
    return info;
  }

  /**
   * The bytes, or null where there is no such blob. Throws `storage` where they are not what was written, or not those of
   * `sha256` where that is given: a blob that is whole may stand at the wrong place.
   */
  async read(key: Deno.KvKey, sha256?: string): Promise<Uint8Array | null> {
    // Most blobs have one chunk, which comes with the same read.
    const [{ value: info }, head] = await this.#kv.getMany<[BlobInfo, Uint8Array]>([[...key, "info"], [
      ...key,
      0,
    ]]);
    if (!info) return null;
    const parts: Uint8Array[] = [];
    if (info.chunks > 0) {
      if (!head.value) {
        throw new FreshetError("storage", `Cannot read the blob ${name(key)}: a chunk is missing`);
      }
      parts.push(head.value);
    }
    for (let first = 1; first < info.chunks; first += CHUNKS_PER_READ) {
      const count = Math.min(CHUNKS_PER_READ, info.chunks - first);
      const chunkKeys = Array.from({ length: count }, (_, i) => [...key, first + i]);
      for (const entry of await this.#kv.getMany<Uint8Array[]>(chunkKeys)) {
        if (!entry.value) {
          throw new FreshetError("storage", `Cannot read the blob ${name(key)}: a chunk is missing`);
        }
        parts.push(entry.value);
      }
    }
    const body = this.#decode(key, join(parts));
    const found = await sha256Hex(body);
    if (found !== info.sha256 || (sha256 !== undefined && found !== sha256)) throw damaged(key);
    return body;
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
    const { value: info } = await this.#kv.get<BlobInfo>([...key, "info"]);
    if (!info) return;
    const operation = this.#kv.atomic().delete([...key, "info"]);
    for (let i = 0; i < info.chunks; i++) operation.delete([...key, i]);
    await operation.commit();
  }
}

/** SHA-256 in hex. */
export async function sha256Hex(bytes: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", bytes as Uint8Array<ArrayBuffer>);
  return new Uint8Array(digest).toHex();
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
