const FORMATS = new Map<string, CompressionFormat>([
  ["gzip", "gzip"],
  ["x-gzip", "gzip"],
  ["deflate", "deflate"],
  ["br", "brotli"],
]);

/**
 * Takes a compressed body apart, though none was asked for, and drops the headers that describe it so, as `fetch` does. Throws
 * a TypeError for another coding and for more than one: handing on what nobody can read would only move the error.
 */
export function decodeContent(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  headers: Headers,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const coding = headers.get("content-encoding")?.trim().toLowerCase() ?? "";
  if (coding === "" || coding === "identity") return body;
  const format = FORMATS.get(coding);
  if (!format) throw new TypeError(`Cannot read response: content coding ${JSON.stringify(coding)}`);
  headers.delete("content-encoding");
  headers.delete("content-length");
  return body.pipeThrough(new DecompressionStream(format));
}
