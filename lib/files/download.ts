import { fileNameOf } from "../shared/files/mod.ts";
import { mediaTypeOf } from "./media.ts";
import { openChecked, type Place } from "./path_guard.ts";
import { type ByteRange, readRange } from "./range.ts";

const CHUNK_BYTES = 64 * 1024;

/** How a file is asked for. */
export interface DownloadOptions {
  /** Shown where its type allows it, in place of being saved. */
  inline: boolean;
  headers: Headers;
}

/**
 * A file's bytes as a response, whole or the range that was asked for. It is never rendered or run on our origin: types that a
 * browser would run go as bytes to be saved, and everything under a policy that allows nothing.
 */
export async function download(place: Place, { inline, headers }: DownloadOptions): Promise<Response> {
  const { file, info } = await openChecked(place);
  try {
    const etag = etagOf(info);
    const modified = info.mtime?.toUTCString();
    const answer = new Headers({
      ...dispositionOf(fileNameOf(place.path), inline),
      "accept-ranges": "bytes",
      "cache-control": "private, no-cache",
      "content-security-policy": "default-src 'none'; media-src 'self'; sandbox",
      "cross-origin-resource-policy": "same-origin",
      "x-content-type-options": "nosniff",
      etag,
      ...(modified ? { "last-modified": modified } : {}),
    });
    if (matches(headers.get("if-none-match"), etag)) {
      file.close();
      return new Response(null, { status: 304, headers: answer });
    }
    const ifRange = headers.get("if-range");
    const isSame = ifRange === null || ifRange === etag;
    const range = isSame ? readRange(headers.get("range"), info.size) : undefined;
    if (range === "unsatisfiable") {
      file.close();
      answer.set("content-range", `bytes */${info.size}`);
      return new Response(null, { status: 416, headers: answer });
    }
    const part = range ?? { start: 0, end: info.size - 1 };
    answer.set("content-length", String(part.end - part.start + 1));
    if (range) answer.set("content-range", `bytes ${range.start}-${range.end}/${info.size}`);
    await file.seek(part.start, Deno.SeekMode.Start);
    return new Response(streamOf(file, part), { status: range ? 206 : 200, headers: answer });
  } catch (error) {
    file.close();
    throw error;
  }
}

/** Names the content of a file by when and how it was written; strong, since a change within a millisecond shows in its size or place. */
function etagOf({ mtime, size, ino }: Deno.FileInfo): string {
  return `"${(mtime?.getTime() ?? 0).toString(36)}-${size.toString(36)}-${(ino ?? 0).toString(36)}"`;
}

function matches(header: string | null, etag: string): boolean {
  return header?.split(",").some((each) => each.trim().replace(/^W\//, "") === etag) ?? false;
}

function dispositionOf(name: string, inline: boolean): Record<string, string> {
  const type = mediaTypeOf(name);
  const isShown = inline && type !== "application/octet-stream" && type !== "application/pdf";
  const encoded = encodeURIComponent(name.toWellFormed()).replaceAll(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return {
    "content-type": isShown ? type : "application/octet-stream",
    "content-disposition": `${isShown ? "inline" : "attachment"}; filename*=UTF-8''${encoded}`,
  };
}

/** Reads as fast as it is taken; the file is closed at the end, and where nobody reads on. */
function streamOf(file: Deno.FsFile, { start, end }: ByteRange): ReadableStream<Uint8Array<ArrayBuffer>> {
  let left = end - start + 1;
  return new ReadableStream({
    type: "bytes",
    async pull(controller) {
      if (left <= 0) return finish(controller);
      const chunk = new Uint8Array(Math.min(CHUNK_BYTES, left));
      const read = await file.read(chunk);
      if (read === null) {
        file.close();
        // It became shorter: the length was promised, so that an end would look like the whole.
        controller.error(new Error("The file became shorter while it was sent"));
        return;
      }
      left -= read;
      controller.enqueue(chunk.subarray(0, read));
      if (left <= 0) finish(controller);
    },
    cancel: () => file.close(),
  });

  function finish(controller: ReadableByteStreamController): void {
    file.close();
    controller.close();
    controller.byobRequest?.respond(0);
  }
}
