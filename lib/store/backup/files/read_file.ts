import { createHash } from "node:crypto";

const CHUNK_BYTES = 256 * 1024;

/** What reading a file came to. */
export interface FileReading {
  /** In hex. */
  sha256: string;
  /** Whether it was the same file with the same size and time before and after. */
  isSteady: boolean;
  /** Whether it ended before the size that it had; zeros stand for the rest. */
  isCutOff: boolean;
}

/** A file that is open to be put into an archive, with the size that it had then. */
export class OpenFile implements Disposable {
  readonly info: Deno.FileInfo;
  readonly #file: Deno.FsFile;
  readonly #path: string;

  private constructor(file: Deno.FsFile, path: string, info: Deno.FileInfo) {
    this.#file = file;
    this.#path = path;
    this.info = info;
  }

  /** Undefined where the path leads elsewhere by now: it, or a folder on the way, was replaced by a link. */
  static async open(path: string): Promise<OpenFile | undefined> {
    const file = await Deno.open(path, { read: true });
    try {
      const info = await file.stat();
      if (info.isFile && await Deno.realPath(path) === path && isSame(await Deno.lstat(path), info)) {
        return new OpenFile(file, path, info);
      }
    } catch (error) {
      file.close();
      throw error;
    }
    file.close();
    return undefined;
  }

  /** Exactly `info.size` bytes, whatever happens to the file meanwhile. */
  async *read(): AsyncGenerator<Uint8Array<ArrayBuffer>, FileReading, undefined> {
    const { size } = this.info;
    const hash = createHash("sha256");
    let isCutOff = false;
    for (let left = size; left > 0;) {
      const bytes = new Uint8Array(Math.min(left, CHUNK_BYTES));
      const read: number | null = isCutOff ? null : await this.#read(bytes);
      isCutOff ||= read === null;
      const part = bytes.subarray(0, read ?? bytes.length);
      hash.update(part);
      left -= part.length;
      yield part;
    }
    return { sha256: hash.digest("hex"), isSteady: !isCutOff && await this.#isSteady(), isCutOff };
  }

  /** Null at the end, and where the disk fails: what cannot be read is left out, and the rest goes on. */
  async #read(bytes: Uint8Array): Promise<number | null> {
    try {
      return await this.#file.read(bytes);
    } catch (error) {
      if (error instanceof Error) return null;
      throw error;
    }
  }

  /** What was renamed away meanwhile is whole too. */
  async #isSteady(): Promise<boolean> {
    const now = await this.#file.stat();
    return now.size === this.info.size && now.mtime?.getTime() === this.info.mtime?.getTime();
  }

  [Symbol.dispose](): void {
    this.#file.close();
  }
}

function isSame(a: Deno.FileInfo, b: Deno.FileInfo): boolean {
  return a.isFile && a.dev === b.dev && (a.ino === null || a.ino === b.ino);
}
