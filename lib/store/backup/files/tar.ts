import { Buffer } from "node:buffer";
import { Header } from "tar/header";
import { Pax } from "tar/pax";
import { damaged } from "../lines.ts";

const BLOCK = 512;
/** An extended header holds a path and a size; ours are at most 4,096 characters. */
const PAX_MAX_BYTES = 64 * 1024;
/** Seconds since 1970 that a header has room for, in the year 2242; the index has the true time. */
const TIME_MAX_MS = 0o77777777777 * 1_000;

/** What stands before the content of a file or for a folder (POSIX.1-2001, "pax"). */
export interface TarHead {
  path: string;
  kind: "file" | "folder";
  /** Bytes; 0 for a folder. */
  size: number;
  mode: number;
  /** ms since 1970. */
  modifiedAt: number;
}

/** The blocks before an entry's content. */
export function tarHead({ path, kind, size, mode, modifiedAt }: TarHead): Uint8Array<ArrayBuffer> {
  const data = {
    path: kind === "folder" ? `${path}/` : path,
    type: kind === "folder" ? "Directory" : "File",
    size,
    mode,
    mtime: new Date(Math.min(modifiedAt, TIME_MAX_MS)),
  } as const;
  const header = new Header(data);
  const needsPax = header.encode();
  const block = header.block ?? Buffer.alloc(BLOCK);
  return new Uint8Array(
    needsPax ? Buffer.concat([new Pax({ path: data.path, size }).encode(), block]) : block,
  );
}

/** What fills the last block of a content of `size` bytes. */
export function tarPadding(size: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array((BLOCK - size % BLOCK) % BLOCK);
}

/** The end of an archive. */
export function tarEnd(): Uint8Array<ArrayBuffer> {
  return new Uint8Array(2 * BLOCK);
}

/** Reads a tar that arrives in chunks, one entry after another, and keeps no more than a chunk of it. */
export class TarReader {
  readonly #chunks: AsyncIterator<Uint8Array>;
  readonly #part: string;
  #waiting: Uint8Array = new Uint8Array();

  /** `part` is what errors call it. */
  constructor(part: string, chunks: AsyncIterable<Uint8Array>) {
    this.#part = part;
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** The next entry, whose content has to be read before the one after it; undefined at the end. Throws `invalid_request`. */
  async head(): Promise<Pick<TarHead, "path" | "kind" | "size"> | undefined> {
    let pax: Pax | undefined;
    for (;;) {
      const header = this.#header(await this.#exactly(BLOCK));
      if (header.nullBlock) return undefined;
      const size = pax?.size ?? header.size ?? -1;
      if (!header.cksumValid || size < 0) throw damaged(this.#part, "the list of files cannot be read");
      if (header.type === "ExtendedHeader" && !pax) {
        if (size > PAX_MAX_BYTES) throw damaged(this.#part, "a name is too long");
        pax = Pax.parse(new TextDecoder().decode(await this.#exactly(size)));
        await this.#exactly(tarPadding(size).length);
        continue;
      }
      const path = pax?.path ?? header.path ?? "";
      if (header.type === "Directory") return { path: path.replace(/\/$/, ""), kind: "folder", size: 0 };
      if (header.type === "File") return { path, kind: "file", size };
      throw damaged(this.#part, `${JSON.stringify(path)} is neither a file nor a folder`);
    }
  }

  /** The content of the entry. */
  async *content(size: number): AsyncGenerator<Uint8Array, void, undefined> {
    for (let left = size; left > 0;) {
      const bytes = await this.#some(left);
      left -= bytes.length;
      yield bytes;
    }
    await this.#exactly(tarPadding(size).length);
  }

  /** Reads to the end, where only zeros may stand. Throws `invalid_request` where anything else follows. */
  async end(): Promise<void> {
    if (await this.head()) throw damaged(this.#part, "there are more files than its index says");
    for (;;) {
      const { done, value } = await this.#chunks.next();
      if (this.#waiting.some(Boolean)) throw damaged(this.#part, "something follows its end");
      if (done) return;
      this.#waiting = value;
    }
  }

  /** Ends the reading. */
  async close(): Promise<void> {
    await this.#chunks.return?.();
  }

  #header(block: Uint8Array): Header {
    try {
      return new Header(Buffer.from(block), 0);
    } catch (cause) {
      throw damaged(this.#part, "the list of files cannot be read", cause);
    }
  }

  async #exactly(size: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(size);
    for (let at = 0; at < size;) {
      const part = await this.#some(size - at);
      bytes.set(part, at);
      at += part.length;
    }
    return bytes;
  }

  async #some(most: number): Promise<Uint8Array> {
    while (this.#waiting.length === 0) {
      const { done, value } = await this.#chunks.next();
      if (done) throw damaged(this.#part, "the files are cut off");
      this.#waiting = value;
    }
    const bytes = this.#waiting.subarray(0, most);
    this.#waiting = this.#waiting.subarray(bytes.length);
    return bytes;
  }
}
