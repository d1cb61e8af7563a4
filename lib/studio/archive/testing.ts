import { strToU8, Zip, ZipDeflate } from "fflate";

/** An archive of entries whose names are written as they are, however hostile. */
export function rawZip(
  entries: [name: string, content: string | Uint8Array, unixMode?: number][],
): Uint8Array<ArrayBuffer> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    chunks.push(chunk);
  });
  for (const [name, content, unixMode = 0] of entries) {
    const entry = new ZipDeflate(name);
    entry.os = 3;
    entry.attrs = unixMode * 65_536;
    entry.mtime = "2026-01-01";
    zip.add(entry);
    entry.push(typeof content === "string" ? strToU8(content) : content, true);
  }
  zip.end();
  const bytes = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/** Where the central header of the entry with an index begins. */
export function centralHeader(bytes: Uint8Array, index: number): number {
  const view = new DataView(bytes.buffer);
  let at = view.getUint32(bytes.length - 6, true);
  for (let i = 0; i < index; i++) {
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return at;
}

/** A copy in which numbers were put at offsets of an entry's central header. */
export function patched(
  bytes: Uint8Array,
  index: number,
  patch: [offset: number, size: 2 | 4, value: number][],
) {
  const copy = bytes.slice();
  const view = new DataView(copy.buffer);
  const at = centralHeader(copy, index);
  for (const [offset, size, value] of patch) {
    if (size === 2) view.setUint16(at + offset, value, true);
    else view.setUint32(at + offset, value, true);
  }
  return copy;
}
