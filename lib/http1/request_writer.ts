import type { Connection } from "./connection.ts";
import { isFieldText, isToken } from "./field.ts";
import type { Field } from "./head_parser.ts";

/** What is sent: bytes with their length, or a stream in chunks. */
export type Payload = Uint8Array | ReadableStream<Uint8Array> | undefined;

/** What a request says. */
export interface RequestParts {
  method: string;
  url: URL;
  fields: Field[];
  payload: Payload;
}

/** One request, ready to be written. */
export interface Outgoing {
  method: string;
  head: Uint8Array;
  payload: Payload;
}

/** Up to this size a body goes out in one piece with the head. */
const JOINED_BYTES = 64 * 1024;
/** What frames or addresses the message is the client's to say; as in the fetch standard, a caller's word on it is dropped. */
const OWN_FIELDS = new Set(
  "connection content-length expect host keep-alive proxy-connection te trailer transfer-encoding upgrade"
    .split(" "),
);
const encoder = new TextEncoder();
const LAST_CHUNK = encoder.encode("0\r\n\r\n");

/** Makes a request ready. Throws a TypeError for a method, name or value that could break out of its place. */
export function prepareRequest({ method, url, fields, payload }: RequestParts): Outgoing {
  if (!isToken(method)) {
    throw new TypeError(`Cannot write request: method ${JSON.stringify(method)} is not valid`);
  }
  if (payload instanceof ReadableStream && payload.locked) {
    throw new TypeError("Cannot write request: its stream is locked");
  }
  let head = `${method} ${url.pathname}${url.search} HTTP/1.1\r\nhost: ${url.host}\r\n`;
  for (const [name, value] of fields) {
    if (!isToken(name) || !isFieldText(value)) {
      throw new TypeError(`Cannot write request: header field ${JSON.stringify(name)} is not valid`);
    }
    if (!OWN_FIELDS.has(name.toLowerCase())) head += `${name}: ${value}\r\n`;
  }
  if (payload instanceof ReadableStream) head += "transfer-encoding: chunked\r\n";
  else if (payload) head += `content-length: ${payload.length}\r\n`;
  else if (method === "POST" || method === "PUT") head += "content-length: 0\r\n";
  return { method, head: encodeLatin1(`${head}\r\n`), payload };
}

/** Sends a request. */
export async function writeRequest(connection: Connection, { head, payload }: Outgoing): Promise<void> {
  if (payload instanceof ReadableStream) return await writeStream(connection, head, payload);
  if (!payload || payload.length > JOINED_BYTES) {
    await connection.write(head);
    if (payload) await connection.write(payload);
    return;
  }
  await connection.write(join(head, payload));
}

async function writeStream(
  connection: Connection,
  head: Uint8Array,
  stream: ReadableStream<Uint8Array>,
): Promise<void> {
  const reader = stream.getReader();
  // Otherwise a stream that has nothing to say would be waited for after the connection is gone.
  connection.onDestroy = (reason) => void reader.cancel(reason).catch(() => "it has its own error");
  try {
    await connection.write(head);
    for (;;) {
      const { done, value } = await reader.read();
      connection.throwIfDestroyed();
      if (done) return await connection.write(LAST_CHUNK);
      if (!(value instanceof Uint8Array)) {
        throw new TypeError("Cannot write request: its stream is not one of bytes");
      }
      // An empty chunk would be the last one.
      if (value.length > 0) await connection.write(chunkOf(value));
    }
  } catch (error) {
    await reader.cancel(error).catch(() => "it has its own error");
    throw error;
  } finally {
    connection.onDestroy = undefined;
  }
}

function chunkOf(bytes: Uint8Array): Uint8Array {
  const size = encoder.encode(`${bytes.length.toString(16)}\r\n`);
  const chunk = new Uint8Array(size.length + bytes.length + 2);
  chunk.set(size);
  chunk.set(bytes, size.length);
  chunk.set([13, 10], size.length + bytes.length);
  return chunk;
}

function join(a: Uint8Array, b: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(a.length + b.length);
  bytes.set(a);
  bytes.set(b, a.length);
  return bytes;
}

/** One byte for each character: a field may hold any up to U+00FF. */
function encodeLatin1(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length);
  const { read, written } = encoder.encodeInto(text, bytes);
  // Beyond ASCII a character takes two bytes, and not all fit.
  if (read === text.length && written === read) return bytes;
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}
