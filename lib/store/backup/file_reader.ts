import { Reader } from "@zip.js/zip.js";

/** An archive in a file, of which only what is asked for is read. */
export class FileReader extends Reader<string> implements Disposable {
  readonly #file: Deno.FsFile;
  /** Entries are read side by side, and the file has one position. */
  #reading: Promise<unknown> = Promise.resolve();

  private constructor(path: string, file: Deno.FsFile, size: number) {
    super(path);
    this.#file = file;
    this.size = size;
  }

  static async open(path: string): Promise<FileReader> {
    const file = await Deno.open(path);
    const { size } = await file.stat();
    return new FileReader(path, file, size);
  }

  override readUint8Array(index: number, length: number): Promise<Uint8Array> {
    const reading = this.#reading.then(() => this.#read(index, length));
    this.#reading = reading.catch(() => undefined);
    return reading;
  }

  async #read(index: number, length: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(Math.max(0, Math.min(length, this.size - index)));
    await this.#file.seek(index, Deno.SeekMode.Start);
    for (let at = 0; at < bytes.length;) {
      const read = await this.#file.read(bytes.subarray(at));
      if (read === null) return bytes.subarray(0, at);
      at += read;
    }
    return bytes;
  }

  [Symbol.dispose](): void {
    this.#file.close();
  }
}
