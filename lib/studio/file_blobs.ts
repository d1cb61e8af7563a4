import { FreshetError, type ManifestFile, PROJECT_LIMITS, type ProjectFile } from "../shared/mod.ts";
import { keys, sha256Hex, type Store } from "../store/mod.ts";

const CACHE_BYTES = 32 * 1024 * 1024;
const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * Contents of files, each kept once in a project by its SHA-256, compressed. What is read is checked against its hash; the
 * contents read last stay in memory.
 */
export class FileBlobs {
  #store: Store;
  /** In the order of their last use. */
  #cache = new Map<string, string>();
  #cachedChars = 0;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Keeps a file. Throws `payload_too_large` beyond the limit of a file. */
  async write(profileId: string, projectId: string, { path, content }: ProjectFile): Promise<ManifestFile> {
    const bytes = encoder.encode(content);
    if (bytes.length > PROJECT_LIMITS.fileBytes) {
      throw new FreshetError(
        "payload_too_large",
        `${path} is larger than ${PROJECT_LIMITS.fileBytes} bytes`,
        {
          field: path,
        },
      );
    }
    const sha256 = await sha256Hex(bytes);
    await this.#keep(keys.projectBlob(profileId, projectId, sha256), bytes, sha256);
    // UTF-8 has no half of a surrogate pair: what is remembered is what was stored.
    this.#remember(cacheKey(profileId, projectId, sha256), content.toWellFormed());
    return { path, sha256, size: bytes.length };
  }

  /** Several files, in their order. */
  async writeAll(
    profileId: string,
    projectId: string,
    files: readonly ProjectFile[],
  ): Promise<ManifestFile[]> {
    return await Promise.all(files.map((file) => this.write(profileId, projectId, file)));
  }

  /** The content of a file. Throws `storage`, naming it, where it is missing or not what was written. */
  async read(profileId: string, projectId: string, file: ManifestFile): Promise<string> {
    const [read] = await this.readAll(profileId, projectId, [file]);
    return read?.content ?? "";
  }

  /** The contents of several files, in their order. Throws `storage`, naming the first that is damaged or missing. */
  async readAll(
    profileId: string,
    projectId: string,
    files: readonly ManifestFile[],
  ): Promise<(ManifestFile & ProjectFile)[]> {
    const nameOf = ({ sha256 }: ManifestFile) => cacheKey(profileId, projectId, sha256);
    const found = new Map(files.map((file) => [nameOf(file), this.#recall(nameOf(file))]));
    const missing = files.filter((file) => found.get(nameOf(file)) === undefined);
    const wanted = missing.map(({ sha256 }) => ({
      key: keys.projectBlob(profileId, projectId, sha256),
      sha256,
    }));
    const read = await this.#store.blobs.readMany(wanted);
    for (const [i, file] of missing.entries()) {
      const content = decoder.decode(bytesOf(file, read[i]));
      this.#remember(nameOf(file), content);
      found.set(nameOf(file), content);
    }
    return files.map((file) => ({ ...file, content: found.get(nameOf(file)) ?? "" }));
  }

  /** Writes what is not there yet, and anew what is there and damaged. */
  async #keep(key: Deno.KvKey, bytes: Uint8Array, sha256: string): Promise<void> {
    const { blobs } = this.#store;
    const isKept = await blobs.read(key, sha256).then((kept) => kept !== null, async (error) => {
      if (!(error instanceof FreshetError) || error.code !== "storage") throw error;
      await blobs.delete(key);
      return false;
    });
    if (!isKept) await blobs.write(key, bytes);
  }

  #recall(name: string): string | undefined {
    const content = this.#cache.get(name);
    if (content === undefined) return undefined;
    this.#cache.delete(name);
    this.#cache.set(name, content);
    return content;
  }

  #remember(name: string, content: string): void {
    if (this.#cache.has(name)) return;
    this.#cache.set(name, content);
    this.#cachedChars += content.length;
    for (const [oldest, text] of this.#cache) {
      // A character takes one byte or two.
      if (this.#cachedChars * 2 <= CACHE_BYTES) break;
      this.#cache.delete(oldest);
      this.#cachedChars -= text.length;
    }
  }
}

function cacheKey(profileId: string, projectId: string, sha256: string): string {
  return `${profileId}/${projectId}/${sha256}`;
}

/** The bytes that were read for a file. Throws `storage`, naming it, where there are none. */
function bytesOf(
  { path }: ManifestFile,
  read: PromiseSettledResult<Uint8Array | null> | undefined,
): Uint8Array {
  if (read?.status === "rejected") {
    throw new FreshetError("storage", `Cannot read ${path}: its stored content is damaged`, {
      cause: read.reason,
    });
  }
  if (read?.value) return read.value;
  throw new FreshetError("storage", `Cannot read ${path}: its stored content is missing`);
}
