import { damaged } from "./lines.ts";

/** The longest line: a blob of 96 MB in base64. */
const LINE_MAX_BYTES = 128 * 1024 * 1024;
const NEWLINE = 10;

/** The lines of a stream of bytes, without keeping more than one. Throws `invalid_request` beyond `maxBytes` altogether. */
export async function* linesOf(
  part: string,
  chunks: AsyncIterable<Uint8Array>,
  maxBytes: number,
): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let parts: Uint8Array[] = [];
  let waiting = 0;
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw damaged(part, "there is more than its list of contents says");
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, from)) {
      parts.push(chunk.subarray(from, end));
      yield decoded(part, decoder, parts);
      parts = [];
      waiting = 0;
      from = end + 1;
    }
    waiting += chunk.length - from;
    if (waiting > LINE_MAX_BYTES) throw damaged(part, "a line is too long");
    if (from < chunk.length) parts.push(chunk.slice(from));
  }
  if (waiting > 0) throw damaged(part, "the last line is cut off");
}

function decoded(part: string, decoder: TextDecoder, parts: Uint8Array[]): string {
  const [only] = parts;
  const bytes = parts.length === 1 && only ? only : joined(parts);
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    throw damaged(part, "a line is no text", cause);
  }
}

function joined(parts: Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
