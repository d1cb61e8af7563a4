// Not zip.js: the same files have to give the same bytes, whatever the version of the runtime compresses with.
import { Zip, ZipDeflate } from "fflate";
import { type ProjectFile, projectPath } from "../../shared/mod.ts";

/** What an archive is made with. */
export interface ZipProjectOptions {
  /** When the files were changed, in ms since 1970; the same files and time give the same bytes. */
  modifiedAt: number;
  /** The folder in which the files are put; none unless given. */
  folder?: string;
}

/** Level of deflate, 0 to 9. */
const LEVEL = 6;
/** The mode of a file that everybody may read, where ZIP archives made on Unix have it. */
const FILE_ATTRIBUTES = (0o100644 << 16) >>> 0;
const UNIX = 3;
/** The years that the format can tell, with a day to spare for time zones. */
const [FIRST_TIME, LAST_TIME] = [Date.UTC(1980, 0, 2), Date.UTC(2099, 11, 30)];
const encoder = new TextEncoder();

/**
 * A ZIP archive of a project's files, sorted by path and with nothing else in it. It works without a pause (about 1 s for
 * 20 MB); for large projects `zipStream` lets others go on. Throws `invalid_request` for a path that is not a project's.
 */
export function zipProject(
  files: readonly ProjectFile[],
  options: ZipProjectOptions,
): Uint8Array<ArrayBuffer> {
  const chunks = [...zipChunks(files, options)];
  const bytes = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/** The same bytes as a stream that compresses a file when it is read on. */
export function zipStream(
  files: readonly ProjectFile[],
  options: ZipProjectOptions,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const chunks = zipChunks(files, options);
  return new ReadableStream({
    async pull(controller) {
      // A turn of the event loop for each chunk, so that other requests are answered meanwhile.
      await new Promise((resolve) => setTimeout(resolve, 0));
      const { done, value } = chunks.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel() {
      chunks.return(undefined);
    },
  }, { highWaterMark: 0 });
}

function* zipChunks(
  files: readonly ProjectFile[],
  { modifiedAt, folder }: ZipProjectOptions,
): Generator<Uint8Array<ArrayBuffer>> {
  let ready: Uint8Array<ArrayBuffer>[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    ready.push(chunk);
  });
  const mtime = dosTime(modifiedAt);
  const prefix = folder === undefined ? "" : `${projectPath(folder)}/`;
  for (const { path, content } of files.toSorted(byPath)) {
    const entry = new ZipDeflate(prefix + projectPath(path), { level: LEVEL });
    entry.mtime = mtime;
    entry.os = UNIX;
    entry.attrs = FILE_ATTRIBUTES;
    zip.add(entry);
    entry.push(encoder.encode(content), true);
    yield* ready;
    ready = [];
  }
  zip.end();
  yield* ready;
}

/** The format has no time zone and the library writes local time: this moves it, so that it is UTC wherever it is made. */
function dosTime(time: number): Date {
  const utc = new Date(Math.min(Math.max(time, FIRST_TIME), LAST_TIME));
  return new Date(
    utc.getUTCFullYear(),
    utc.getUTCMonth(),
    utc.getUTCDate(),
    utc.getUTCHours(),
    utc.getUTCMinutes(),
    utc.getUTCSeconds(),
  );
}

function byPath(a: ProjectFile, b: ProjectFile): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}
