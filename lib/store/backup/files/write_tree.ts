import { Digest } from "../digest_value.ts";
import { OpenFile } from "./read_file.ts";
import { tarEnd, type TarHead, tarHead, tarPadding } from "./tar.ts";
import { entryDigest, type IndexLine, TIME_MAX_MS } from "./tree_index.ts";
import { type Found, type Tree, walk, whyNot } from "./walk.ts";

/** How often a file is read that changes meanwhile. */
const READINGS = 3;
/** Names of what was left out or changed that a summary holds. */
const NAMED_MAX = 20;

/** What of a tree came into an archive. */
export interface TreeSummary {
  files: number;
  folders: number;
  /** Of the files. */
  bytes: number;
  /** Of its entries, in their order. */
  sha256: string;
  /** Entries that could not be taken along: links, devices, what may not be read. */
  leftOut: number;
  /** Files that were written to while they were read. */
  changed: number;
  /** The first of both, by their paths. */
  named: { path: string; why: string }[];
  /** Bytes of the tar and of the index before compression. */
  tarBytes: number;
  indexBytes: number;
}

type FoundFile = Extract<Found, { kind: "file" | "folder" }>;

/** A tree as a tar, whose index is told line by line while it is read. */
export class TreeWriter {
  readonly #tree: Tree;
  readonly #onLine: (text: string) => Promise<void>;
  readonly #signal: AbortSignal | undefined;
  readonly #digest = new Digest();
  readonly #encoder = new TextEncoder();
  readonly #sums = { files: 0, folders: 0, bytes: 0, leftOut: 0, changed: 0, tarBytes: 0, indexBytes: 0 };
  readonly #named: { path: string; why: string }[] = [];

  constructor(
    tree: Tree,
    { onLine, signal }: { onLine: (text: string) => Promise<void>; signal?: AbortSignal | undefined },
  ) {
    this.#tree = tree;
    this.#onLine = onLine;
    this.#signal = signal;
  }

  /** The tar. */
  async *chunks(): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
    for await (const found of walk(this.#tree)) {
      this.#signal?.throwIfAborted();
      if (found.kind === "left out") await this.#line(found);
      else if (found.kind === "folder") yield* this.#folder(found);
      else yield* this.#file(found);
    }
    yield this.#counted(tarEnd());
  }

  /** What it came to, when all chunks were taken. */
  summary(): TreeSummary {
    return { ...this.#sums, sha256: this.#digest.value().sha256, named: this.#named };
  }

  async *#folder({ path, info }: FoundFile): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
    const about = aboutOf(path, info);
    yield this.#counted(tarHead({ ...about, kind: "folder", size: 0 }));
    await this.#line({ kind: "folder", ...about });
  }

  async *#file(found: FoundFile): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
    const { path, real } = found;
    for (let reading = 1;; reading++) {
      let file: OpenFile | undefined;
      try {
        file = await OpenFile.open(real);
      } catch (error) {
        return await this.#line({ kind: "left out", path, why: whyNot(error) });
      }
      if (!file) return await this.#line({ kind: "left out", path, why: "link" });
      using open = file;
      const about = aboutOf(path, open.info);
      const { size } = open.info;
      const head: TarHead = { ...about, kind: "file", size };
      yield this.#counted(tarHead(head));
      const { sha256, isSteady, isCutOff } = yield* this.#content(open);
      yield this.#counted(tarPadding(size));
      if (isSteady) return await this.#line({ kind: "file", ...about, size, sha256 });
      if (reading === READINGS && !isCutOff) {
        return await this.#line({ kind: "file", ...about, size, sha256, changed: true });
      }
      await this.#line({ kind: "superseded", path, size });
      if (reading === READINGS) return await this.#line({ kind: "left out", path, why: "gone" });
    }
  }

  async *#content(file: OpenFile) {
    const reading = file.read();
    try {
      for (;;) {
        const { done, value } = await reading.next();
        if (done) return value;
        this.#signal?.throwIfAborted();
        yield this.#counted(value);
      }
    } finally {
      await reading.return({ sha256: "", isSteady: false, isCutOff: true });
    }
  }

  #counted(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
    this.#sums.tarBytes += bytes.length;
    return bytes;
  }

  async #line(line: IndexLine): Promise<void> {
    const sums = this.#sums;
    if (line.kind === "folder") sums.folders++;
    else if (line.kind === "file") {
      sums.files++;
      sums.bytes += line.size;
      if (line.changed) this.#name(line.path, "changed", "changed");
    } else if (line.kind === "left out") this.#name(line.path, line.why, "leftOut");
    if (line.kind === "file" || line.kind === "folder") this.#digest.add(entryDigest(line));
    const text = JSON.stringify(line) + "\n";
    sums.indexBytes += this.#encoder.encode(text).length;
    await this.#onLine(text);
  }

  #name(path: string, why: string, sum: "changed" | "leftOut"): void {
    this.#sums[sum]++;
    if (this.#named.length < NAMED_MAX) this.#named.push({ path: path.slice(0, 300), why });
  }
}

/** What an archive says of a file or folder; disks hold times that no `Date` does. */
export function aboutOf(path: string, { mode, mtime }: Deno.FileInfo) {
  const time = mtime?.getTime() ?? 0;
  const modifiedAt = Number.isNaN(time) ? TIME_MAX_MS : Math.max(0, time);
  return { path, mode: (mode ?? 0o644) & 0o777, modifiedAt };
}
