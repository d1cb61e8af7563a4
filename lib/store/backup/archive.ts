import { configure, type FileEntry, ZipReader } from "@zip.js/zip.js";
import type { z } from "zod";
import { FreshetError } from "../../shared/mod.ts";
import { type ArchiveKey, openArchiveKey, type OpeningKeys } from "./archive_key.ts";
import { Digest } from "./digest_value.ts";
import { ENTITIES } from "./entities.ts";
import { FileReader } from "./file_reader.ts";
import {
  ARCHIVE_VERSION,
  type ArchiveHeader,
  dataName,
  ENTITY_OF_NAME,
  HEADER_NAME,
  headerSchema,
  type Manifest,
  MANIFEST_NAME,
  manifestSchema,
  SEALED_SUFFIX,
  type TreeManifest,
  treeNames,
} from "./format.ts";
import { type ReadEntry, readTree } from "./files/read_tree.ts";
import { damaged, type Entry, newer, parseLine } from "./lines.ts";
import { linesOf } from "./read_lines.ts";
import { openFrames } from "./sealed_frames.ts";
import { Turns } from "./turns.ts";

const HEADER_MAX_BYTES = 64 * 1024;
const MANIFEST_MAX_BYTES = 4 * 1024 * 1024;
/** Records shrink to a tenth; what claims to grow more than this is made to fill a disk. Small ones may. */
const GROWTH_MAX = 400;
const GROWTH_FREE_BYTES = 256 * 1024 * 1024;
/** What is unpacked at a time comes out as one piece, of a thousand times as much at most. */
const UNPACKED_BYTES = 16 * 1024;
const ZIP = { useWebWorkers: false, useCompressionStream: true, checkSignature: true } as const;

/** What opens an archive. */
export interface OpenOptions extends OpeningKeys {
  /** The layout of keys that this Freshet has. */
  layout: number;
}

/** An archive in a file. Nothing in it is trusted; everything that is wrong with it throws `invalid_request` in words. */
export class Archive implements Disposable {
  readonly header: ArchiveHeader;
  readonly manifest: Manifest;
  readonly key: ArchiveKey;
  readonly #file: FileReader;
  readonly #entries: ReadonlyMap<string, FileEntry>;

  private constructor(
    file: FileReader,
    entries: ReadonlyMap<string, FileEntry>,
    { header, key, manifest }: { header: ArchiveHeader; key: ArchiveKey; manifest: Manifest },
  ) {
    this.#file = file;
    this.#entries = entries;
    this.header = header;
    this.key = key;
    this.manifest = manifest;
  }

  /** Reads what an archive says of itself, and checks that nothing else is in it. */
  static async open(path: string, options: OpenOptions): Promise<Archive> {
    const file = await FileReader.open(path);
    try {
      const entries = await readDirectory(file);
      const header = await readHeader(entries, options.layout);
      const key = openArchiveKey(header, options);
      const manifest = await readManifest(entries, key, file.size);
      checkNames(entries, manifest, key);
      return new Archive(file, entries, { header, key, manifest });
    } catch (error) {
      file[Symbol.dispose]();
      throw error;
    }
  }

  /** The entries of an entity, each checked by itself, and all of them against the manifest when the last was taken. */
  async *entries(entity: string): AsyncGenerator<Entry, void, undefined> {
    const rule = ENTITIES[entity];
    const expected = this.manifest.entities[entity];
    if (!rule?.kept || !expected) return;
    const digest = new Digest();
    const turns = new Turns();
    for await (const line of this.#lines(entity, expected.bytes)) {
      await turns.next();
      const entry = await parseLine(entity, rule, line);
      digest.add(entry.digest);
      yield entry;
    }
    const found = digest.value();
    if (found.count !== expected.count || found.sha256 !== expected.sha256) {
      throw damaged(entity, "the content is not what its list of contents says");
    }
  }

  /** Folders' files and the trash's; none where the archive was made without. */
  get trees(): readonly TreeManifest[] {
    return this.manifest.trees ?? [];
  }

  /** The files and folders of a tree, checked like entries. What is not read of a content is passed over. */
  treeEntries(tree: TreeManifest): AsyncGenerator<ReadEntry, void, undefined> {
    return readTree(tree, (name) => contentOf(this.#entries, name, this.key));
  }

  /** Reads all of it. */
  async verify(signal?: AbortSignal): Promise<void> {
    for (const entity of Object.keys(this.manifest.entities)) {
      for await (const _ of this.entries(entity)) signal?.throwIfAborted();
    }
    for (const tree of this.trees) {
      for await (const { content } of this.treeEntries(tree)) {
        for await (const _ of content) signal?.throwIfAborted();
      }
    }
  }

  [Symbol.dispose](): void {
    this.#file[Symbol.dispose]();
  }

  #lines(entity: string, maxBytes: number): AsyncGenerator<string, void, undefined> {
    return linesOf(entity, contentOf(this.#entries, dataName(entity), this.key), maxBytes);
  }
}

async function readDirectory(file: FileReader): Promise<ReadonlyMap<string, FileEntry>> {
  const entries = new Map<string, FileEntry>();
  configure({ chunkSize: UNPACKED_BYTES });
  try {
    const zip = new ZipReader(file, ZIP);
    for await (const entry of zip.getEntriesGenerator()) {
      if (entry.directory || entry.encrypted) {
        throw damaged("the archive", `${entry.filename} does not belong there`);
      }
      if (entries.has(entry.filename)) throw damaged("the archive", `${entry.filename} is there twice`);
      entries.set(entry.filename, entry);
    }
  } catch (cause) {
    if (cause instanceof FreshetError) throw cause;
    throw new FreshetError(
      "invalid_request",
      "Cannot read the backup: it is no ZIP archive, or it was cut off",
      {
        hint: "Choose a file that Freshet made as a backup; a download that broke off has to be repeated",
        cause,
      },
    );
  }
  if (entries.has(HEADER_NAME)) return entries;
  throw new FreshetError("invalid_request", "Cannot read the backup: this archive is of another program", {
    hint: "Exports of chats are imported under Settings, Import and export",
  });
}

async function readHeader(entries: ReadonlyMap<string, FileEntry>, layout: number): Promise<ArchiveHeader> {
  const text = await readText(contentOf(entries, HEADER_NAME, {}), HEADER_MAX_BYTES, HEADER_NAME);
  const header = parsed(headerSchema, text, HEADER_NAME);
  if (header.version > ARCHIVE_VERSION) throw newer(`its format has version ${header.version}`);
  if (header.layout > layout) throw newer(`its keys have layout ${header.layout}`);
  return header;
}

async function readManifest(
  entries: ReadonlyMap<string, FileEntry>,
  key: ArchiveKey,
  size: number,
): Promise<Manifest> {
  const text = await readText(contentOf(entries, MANIFEST_NAME, key), MANIFEST_MAX_BYTES, MANIFEST_NAME);
  const manifest = parsed(manifestSchema, text, MANIFEST_NAME);
  const bytes = Object.values(manifest.entities).reduce((sum, { bytes }) => sum + bytes, 0);
  if (bytes > GROWTH_FREE_BYTES && bytes > GROWTH_MAX * size) {
    throw damaged("the archive", "there is far more in it than a backup of its size holds");
  }
  return manifest;
}

/** Names are looked up and never become paths, so one with ".." is only one that does not belong there. */
function checkNames(entries: ReadonlyMap<string, FileEntry>, manifest: Manifest, key: ArchiveKey): void {
  const suffix = key.content ? SEALED_SUFFIX : "";
  const left = new Set(entries.keys());
  left.delete(HEADER_NAME);
  left.delete(MANIFEST_NAME + suffix);
  for (const entity of Object.keys(manifest.entities)) {
    if (!ENTITY_OF_NAME.has(dataName(entity))) throw newer(`it has data called ${entity}`);
    if (!left.delete(dataName(entity) + suffix)) throw damaged("the archive", `${entity} is missing`);
  }
  for (const tree of manifest.trees ?? []) {
    for (const name of Object.values(treeNames(tree))) {
      if (!left.delete(name + suffix)) throw damaged("the archive", `${name} is missing`);
    }
  }
  const [other] = left;
  if (other !== undefined) throw damaged("the archive", `${other} does not belong there`);
}

async function* contentOf(
  entries: ReadonlyMap<string, FileEntry>,
  name: string,
  { content }: ArchiveKey,
): AsyncGenerator<Uint8Array, void, undefined> {
  const entry = entries.get(content ? name + SEALED_SUFFIX : name);
  if (!entry) throw damaged("the archive", `${name} is missing`);
  const { readable, writable } = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>();
  const writer = writable.getWriter();
  const unpacking = entry.getData(
    new WritableStream<Uint8Array<ArrayBuffer>>({
      write: (chunk) => writer.write(chunk),
      close: () => writer.close(),
      abort: (reason) => writer.abort(reason),
    }),
    ZIP,
    // What reads hears of it; when it has stopped reading, nobody needs to.
  ).catch((error) => writer.abort(error).catch(() => undefined));
  try {
    if (!content) yield* readable;
    else {
      const packed = ReadableStream.from(
        inSteps(openFrames(content, name, readable)) as AsyncGenerator<Uint8Array<ArrayBuffer>>,
      );
      yield* packed.pipeThrough(new DecompressionStream("gzip"));
    }
  } catch (cause) {
    if (cause instanceof FreshetError) throw cause;
    throw damaged(name, "the compressed content cannot be read", cause);
  } finally {
    await unpacking;
  }
}

async function* inSteps(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += UNPACKED_BYTES) yield chunk.subarray(at, at + UNPACKED_BYTES);
  }
}

async function readText(
  chunks: AsyncIterable<Uint8Array>,
  maxBytes: number,
  name: string,
): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw damaged("the archive", `${name} is too large`);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function parsed<T>(schema: z.ZodType<T>, text: string, name: string): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw damaged("the archive", `${name} is no JSON`, cause);
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw damaged("the archive", `${name} is not what a backup has there`, result.error);
}
