import { ZipWriter } from "@zip.js/zip.js";
import type { Store } from "../store.ts";
import { type ArchiveKey, newArchiveKey } from "./archive_key.ts";
import { Digest } from "./digest.ts";
import { KEPT_ENTITIES, type KeptEntity } from "./entities.ts";
import {
  ARCHIVE_VERSION,
  type ArchiveHeader,
  dataName,
  HEADER_NAME,
  type Manifest,
  MANIFEST_NAME,
  SEALED_SUFFIX,
} from "./format.ts";
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

/** Writes everything that a store holds into a ZIP, one line after another. The store must not change meanwhile. */
export async function writeArchive(
  store: Store,
  out: WritableStream<Uint8Array>,
  options: WriteOptions,
): Promise<Manifest> {
  const { password, createdAt, freshet, layout } = options;
  const { key, header } = await newArchiveKey(store, { password, encrypt: store.encryptAll });
  const zip = new ZipWriter(out, ZIP);
  const start: ArchiveHeader = {
    format: "freshet-backup",
    version: ARCHIVE_VERSION,
    layout,
    freshet,
    createdAt,
    ...header,
  };
  await zip.add(HEADER_NAME, textStream(JSON.stringify(start, null, 2) + "\n"), { zip64: false });
  const manifest: Manifest = { entities: {} };
  for (const [entity, rule] of KEPT_ENTITIES) {
    const content = new EntityContent(store, entity, rule, key, options);
    await add(zip, dataName(entity), content.chunks(), key);
    manifest.entities[entity] = content.summary();
  }
  await add(zip, MANIFEST_NAME, textStream(JSON.stringify(manifest, null, 2) + "\n"), key);
  await zip.close();
  return manifest;
}

async function add(
  zip: ZipWriter<unknown>,
  name: string,
  chunks: AsyncIterable<Uint8Array<ArrayBuffer>>,
  { content }: ArchiveKey,
): Promise<void> {
  if (!content) {
    await zip.add(name, ReadableStream.from(chunks));
    return;
  }
  // What is encrypted cannot be made smaller any more.
  const packed = ReadableStream.from(chunks).pipeThrough(new CompressionStream("gzip"));
  await zip.add(name + SEALED_SUFFIX, ReadableStream.from(sealFrames(content, name, packed)), { level: 0 });
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
