import { FreshetError } from "../../shared/mod.ts";

/** A file or folder of a ZIP archive as its central directory (APPNOTE 4.3.12) has it; everything in it may be a lie. */
export interface ArchiveEntry {
  /** Undefined where its bytes are not UTF-8. */
  name: string | undefined;
  rawName: Uint8Array;
  isEncrypted: boolean;
  /** 0 stored, 8 deflated. */
  method: number;
  crc32: number;
  /** Bytes in the archive. */
  compressedSize: number;
  /** Bytes, as declared. */
  size: number;
  /** The upper 16 bits of the external attributes, which are a file's mode where Unix made the archive. */
  unixMode: number;
  /** Where its local header begins. */
  offset: number;
}

const END_SIGNATURE = 0x06054b50;
const END_SIZE = 22;
const ENTRY_SIGNATURE = 0x02014b50;
const ENTRY_SIZE = 46;
const LOCAL_SIGNATURE = 0x04034b50;
const LOCAL_SIZE = 30;
const COMMENT_MAX = 0xffff;
/** Encrypted, encrypted "strongly", or with a directory of which parts are hidden. */
const ENCRYPTED = 0x0001 | 0x0040 | 0x2000;
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * The entries of an archive. The library reads archives too, but tells neither a symbolic link nor an encrypted file from a
 * common one; so the directory is read here and only the data by the library. Throws `invalid_request` where it is damaged and
 * `unsupported_media` where it is of a kind that is not read (ZIP64, in several volumes).
 */
export function readDirectory(bytes: Uint8Array): ArchiveEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  const count = view.getUint16(end + 10, true);
  const [size, start] = [view.getUint32(end + 12, true), view.getUint32(end + 16, true)];
  if (count === 0xffff || size === 0xffffffff || start === 0xffffffff) {
    throw unsupported("it is a ZIP64 archive");
  }
  if (view.getUint16(end + 4, true) !== 0 || view.getUint16(end + 8, true) !== count) {
    throw unsupported("it is one of several volumes");
  }
  if (start + size > end) throw damaged("its directory is outside of it");
  const entries: ArchiveEntry[] = [];
  let at = start;
  for (let i = 0; i < count; i++) {
    if (at + ENTRY_SIZE > end || view.getUint32(at, true) !== ENTRY_SIGNATURE) {
      throw damaged("its directory is incomplete");
    }
    const next = at + ENTRY_SIZE + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) +
      view.getUint16(at + 32, true);
    if (next > end) throw damaged("its directory is incomplete");
    entries.push(readEntry(bytes, view, at));
    at = next;
  }
  return entries;
}

/** The bytes of an entry as they are in the archive. Throws `invalid_request` where its local header says something else. */
export function compressedBytes(bytes: Uint8Array, entry: ArchiveEntry): Uint8Array {
  const { offset, rawName, compressedSize } = entry;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (offset + LOCAL_SIZE > bytes.length || view.getUint32(offset, true) !== LOCAL_SIGNATURE) {
    throw damaged("a file of its directory is not in it");
  }
  const nameStart = offset + LOCAL_SIZE;
  const dataStart = nameStart + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  if (dataStart + compressedSize > bytes.length) throw damaged("it is incomplete");
  const localName = bytes.subarray(nameStart, nameStart + view.getUint16(offset + 26, true));
  const isSameName = localName.length === rawName.length && localName.every((byte, i) => byte === rawName[i]);
  if (!isSameName) throw damaged("a file of it has two names");
  return bytes.subarray(dataStart, dataStart + compressedSize);
}

/** An archive that is damaged or made to harm. */
export function damaged(problem: string, cause?: unknown): FreshetError {
  return new FreshetError("invalid_request", `Cannot read the archive: ${problem}`, { cause });
}

/** An archive of a kind that is not read. */
export function unsupported(problem: string): FreshetError {
  return new FreshetError("unsupported_media", `Cannot read the archive: ${problem}`, {
    hint: "Pack the files again as a common ZIP archive without a password",
  });
}

/** The end of the central directory, found from the archive's end, where a comment may follow it. */
function findEnd(view: DataView): number {
  const last = view.byteLength - END_SIZE;
  for (let at = last; at >= Math.max(0, last - COMMENT_MAX); at--) {
    if (view.getUint32(at, true) !== END_SIGNATURE) continue;
    if (at + END_SIZE + view.getUint16(at + 20, true) <= view.byteLength) return at;
  }
  throw damaged("it is not a ZIP archive, or it is incomplete");
}

function readEntry(bytes: Uint8Array, view: DataView, at: number): ArchiveEntry {
  const nameStart = at + ENTRY_SIZE;
  const rawName = bytes.subarray(nameStart, nameStart + view.getUint16(at + 28, true));
  return {
    // The flag for UTF-8 is not asked: `zip` on Linux writes UTF-8 without it.
    name: decodedName(rawName),
    rawName,
    isEncrypted: (view.getUint16(at + 8, true) & ENCRYPTED) !== 0,
    method: view.getUint16(at + 10, true),
    crc32: view.getUint32(at + 16, true),
    compressedSize: view.getUint32(at + 20, true),
    size: view.getUint32(at + 24, true),
    unixMode: view.getUint32(at + 38, true) >>> 16,
    offset: view.getUint32(at + 42, true),
  };
}

function decodedName(rawName: Uint8Array): string | undefined {
  try {
    return decoder.decode(rawName);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}
