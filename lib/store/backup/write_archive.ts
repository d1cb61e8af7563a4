// Not fflate: archives beyond 4 GB need ZIP64, and what is read here and there in them, a reader of parts of a file.
import { ZipWriter } from "@zip.js/zip.js";
import type { Store } from "../store.ts";
import { type ArchiveKey, newArchiveKey } from "./archive_key.ts";
import { Digest } from "./digest_value.ts";
import { KEPT_ENTITIES, type KeptEntity } from "./entities.ts";
import {
  ARCHIVE_VERSION,
  type ArchiveHeader,
  dataName,
  HEADER_NAME,
  type Manifest,
  MANIFEST_NAME,
  RECORDS_ONLY_VERSION,
  SEALED_SUFFIX,
  type TreeManifest,
  treeNames,
} from "./format.ts";
import type { Tree } from "./files/walk.ts";
import { TreeWriter } from "./files/write_tree.ts";
import { readLines, type ReadOptions } from "./lines.ts";
import { sealFrames } from "./sealed_frames.ts";

const CHUNK_CHARS = 128 * 1024;
/** Native streams, in this thread: they compress off it by themselves. */
const ZIP = { useWebWorkers: false, useCompressionStream: true, zip64: true, keepOrder: true } as const;

/** What an archive says of itself, and how it is read. */
export interface WriteOptions {
  /** Encrypts all of it, secrets too, so that it opens anywhere with this. */
  password?: string | undefined;
  /** ms since 1970. */
  createdAt: number;
  /** The version of Freshet. */
  freshet: string;
  /** The layout of the store's keys. */
  layout: number;
  onEntry?: ReadOptions["onEntry"];
  signal?: AbortSignal | undefined;
}

/** Writes an archive part by part; what it holds comes into its manifest, which is written last. */
export class ArchiveWriter {
  readonly #zip: ZipWriter<unknown>;
  readonly #key: ArchiveKey;
  readonly #options: WriteOptions;
  readonly #manifest: Manifest = { entities: {} };

  private constructor(zip: ZipWriter<unknown>, key: ArchiveKey, options: WriteOptions) {
    this.#zip = zip;
    this.#key = key;
    this.#options = options;
  }

  /** Writes the header. `isWithFiles` says that trees will come. */
  static async begin(
    store: Store,
    out: WritableStream<Uint8Array>,
    { isWithFiles, ...options }: WriteOptions & { isWithFiles: boolean },
  ): Promise<ArchiveWriter> {
    const { password, createdAt, freshet, layout } = options;
    const { key, header } = await newArchiveKey(store, { password, encrypt: store.encryptAll });
    const zip = new ZipWriter(out, ZIP);
    const start: ArchiveHeader = {
      format: "freshet-backup",
      version: isWithFiles ? ARCHIVE_VERSION : RECORDS_ONLY_VERSION,
      layout,
      freshet,
      createdAt,
      ...header,
    };
    await zip.add(HEADER_NAME, textStream(JSON.stringify(start, null, 2) + "\n"), { zip64: false });
    return new ArchiveWriter(zip, key, options);
  }

  /** Writes everything that a store holds, one line after another. The store must not change meanwhile. */
  async addEntities(store: Store): Promise<void> {
    for (const [entity, rule] of KEPT_ENTITIES) {
      const content = new EntityContent(store, entity, rule, this.#key, this.#options);
      await this.#add(dataName(entity), content.chunks());
      this.#manifest.entities[entity] = content.summary();
    }
  }

  /** Writes the files of a folder, or of the trash. Their index waits in `scratch`, a file that is there and empty. */
  async addTree(
    about: Pick<TreeManifest, "name" | "folder">,
    tree: Tree,
    scratch: Deno.FsFile,
  ): Promise<void> {
    const names = treeNames(about);
    const writer = new TreeWriter(tree, {
      onLine: (text) => writeAll(scratch, new TextEncoder().encode(text)),
      signal: this.#options.signal,
    });
    await this.#add(names.tar, writer.chunks());
    await scratch.seek(0, Deno.SeekMode.Start);
    await this.#add(names.index, chunksOf(scratch));
    (this.#manifest.trees ??= []).push({ ...about, ...writer.summary() });
  }

  /** Writes the manifest and ends the archive. */
  async finish(): Promise<Manifest> {
    await this.#add(MANIFEST_NAME, textStream(JSON.stringify(this.#manifest, null, 2) + "\n"));
    await this.#zip.close();
    return this.#manifest;
  }

  async #add(name: string, chunks: AsyncIterable<Uint8Array<ArrayBuffer>>): Promise<void> {
    const { content } = this.#key;
    if (!content) {
      await this.#zip.add(name, ReadableStream.from(chunks));
      return;
    }
    // What is encrypted cannot be made smaller any more.
    const packed = ReadableStream.from(chunks).pipeThrough(new CompressionStream("gzip"));
    const frames = ReadableStream.from(sealFrames(content, name, packed));
    await this.#zip.add(name + SEALED_SUFFIX, frames, { level: 0 });
  }
}

/** The lines of an entity as bytes, added up while they pass. */
class EntityContent {
  readonly #lines: ReturnType<typeof readLines>;
  readonly #digest = new Digest();
  #bytes = 0;

  constructor(store: Store, entity: string, rule: KeptEntity, key: ArchiveKey, options: WriteOptions) {
    this.#lines = readLines(store, entity, rule, {
      ...(key.secrets ? { sealWith: key.secrets } : {}),
      ...(options.onEntry ? { onEntry: options.onEntry } : {}),
      signal: options.signal,
    });
  }

  async *chunks(): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
    const encoder = new TextEncoder();
    let waiting = "";
    const take = () => {
      const bytes = encoder.encode(waiting);
      this.#bytes += bytes.length;
      waiting = "";
      return bytes;
    };
    for await (const { text, digest } of this.#lines) {
      this.#digest.add(digest);
      waiting += text + "\n";
      if (waiting.length > CHUNK_CHARS) yield take();
    }
    if (waiting !== "") yield take();
  }

  summary(): Manifest["entities"][string] {
    return { ...this.#digest.value(), bytes: this.#bytes };
  }
}

function textStream(text: string): ReadableStream<Uint8Array<ArrayBuffer>> {
  return ReadableStream.from([new TextEncoder().encode(text)]);
}

async function* chunksOf(file: Deno.FsFile): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  for (;;) {
    const bytes = new Uint8Array(CHUNK_CHARS);
    const read = await file.read(bytes);
    if (read === null) return;
    yield bytes.subarray(0, read);
  }
}

async function writeAll(file: Deno.FsFile, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += await file.write(bytes.subarray(at));
}
