// Not zip.js: it inflates asynchronously, and gives a whole chunk before one can stop at a bomb.
import { Inflate } from "fflate";
import { crc32 } from "node:zlib";
import { type ArchiveEntry, compressedBytes, damaged, unsupported } from "./directory.ts";

/** Bytes that are inflated at a time: deflate gives at most 1,032 times as many, so that 4 MB is the most before it is stopped. */
const CHUNK_BYTES = 4_096;
const STORED = 0;
const DEFLATED = 8;

/**
 * The content of an entry, never more than it declares: inflating stops as soon as it gives more. Throws `invalid_request`
 * where the content is damaged or not what was declared (size and CRC-32), `unsupported_media` for another compression.
 */
export function inflateEntry(bytes: Uint8Array, entry: ArchiveEntry): Uint8Array {
  const packed = compressedBytes(bytes, entry);
  const content = contentOf(packed, entry);
  if (content.length !== entry.size || crc32(content) !== entry.crc32) {
    throw damaged(`${label(entry)} is damaged`);
  }
  return content;
}

/** Throws `unsupported_media` for an entry that cannot be read, so that it is found before anything is inflated. */
export function assertReadable(entry: ArchiveEntry): void {
  if (entry.isEncrypted) throw unsupported(`${label(entry)} is encrypted`);
  if (entry.method !== STORED && entry.method !== DEFLATED) {
    throw unsupported(`${label(entry)} is compressed by method ${entry.method}`);
  }
  if (entry.size === 0xffffffff || entry.compressedSize === 0xffffffff) {
    throw unsupported("it is a ZIP64 archive");
  }
}

function contentOf(packed: Uint8Array, entry: ArchiveEntry): Uint8Array {
  if (entry.method === STORED) return packed;
  const content = new Uint8Array(entry.size);
  let length = 0;
  const inflate = new Inflate((chunk) => {
    if (length + chunk.length > content.length) {
      throw damaged(`${label(entry)} is larger than it declares`);
    }
    content.set(chunk, length);
    length += chunk.length;
  });
  for (let at = 0; at === 0 || at < packed.length; at += CHUNK_BYTES) {
    push(inflate, packed.subarray(at, at + CHUNK_BYTES), at + CHUNK_BYTES >= packed.length, entry);
  }
  return content.subarray(0, length);
}

function push(inflate: Inflate, chunk: Uint8Array, isLast: boolean, entry: ArchiveEntry): void {
  try {
    inflate.push(chunk, isLast);
  } catch (error) {
    // The library's errors are plain ones with a number; any other error is not of the data.
    if (error instanceof Error && "code" in error && typeof error.code === "number") {
      throw damaged(`${label(entry)} is damaged`, error);
    }
    throw error;
  }
}

function label({ name }: ArchiveEntry): string {
  return name === undefined ? "a file" : JSON.stringify(name);
}
