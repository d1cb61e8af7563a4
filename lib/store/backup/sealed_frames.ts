import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { FreshetError } from "../../shared/mod.ts";

const FRAME_BYTES = 64 * 1024;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const LENGTH_BYTES = 4;

/**
 * Encrypts a stream in frames of 64 KB (AES-256-GCM): length ‖ iv ‖ tag ‖ ciphertext. What is authenticated with each is the
 * entry's name, the number of the frame and whether it is the last, so that none can be moved, left out or cut off.
 */
export async function* sealFrames(
  key: Uint8Array,
  name: string,
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  const frame = new Uint8Array(FRAME_BYTES);
  let filled = 0;
  let number = 0;
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length;) {
      // A full one is held back until it is known not to be the last.
      if (filled === FRAME_BYTES) {
        yield sealFrame(key, name, number++, false, frame);
        filled = 0;
      }
      const part = chunk.subarray(at, at + FRAME_BYTES - filled);
      frame.set(part, filled);
      filled += part.length;
      at += part.length;
    }
  }
  yield sealFrame(key, name, number, true, frame.subarray(0, filled));
}

function sealFrame(key: Uint8Array, name: string, number: number, isLast: boolean, plain: Uint8Array) {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, iv).setAAD(place(name, number, isLast));
  const body = cipher.update(plain);
  cipher.final();
  const frame = new Uint8Array(LENGTH_BYTES + IV_BYTES + TAG_BYTES + body.length);
  new DataView(frame.buffer).setUint32(0, body.length);
  frame.set(iv, LENGTH_BYTES);
  frame.set(cipher.getAuthTag(), LENGTH_BYTES + IV_BYTES);
  frame.set(body, LENGTH_BYTES + IV_BYTES + TAG_BYTES);
  return frame;
}

/** Decrypts what `sealFrames` gave. Throws `invalid_request` where it was changed or cut off, or where the key is another. */
export async function* openFrames(
  key: Uint8Array,
  name: string,
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  let waiting = new Uint8Array();
  let number = 0;
  let held: Uint8Array | undefined;
  for await (const chunk of chunks) {
    waiting = joined(waiting, chunk);
    for (let length = frameLength(waiting); length <= waiting.length; length = frameLength(waiting)) {
      if (held) yield openFrame(key, name, number++, false, held);
      held = waiting.slice(0, length);
      waiting = waiting.slice(length);
    }
  }
  if (!held || waiting.length > 0) throw broken();
  yield openFrame(key, name, number, true, held);
}

function frameLength(bytes: Uint8Array): number {
  if (bytes.length < LENGTH_BYTES) return Infinity;
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
  if (length > FRAME_BYTES) throw broken();
  return LENGTH_BYTES + IV_BYTES + TAG_BYTES + length;
}

function openFrame(key: Uint8Array, name: string, number: number, isLast: boolean, frame: Uint8Array) {
  const iv = frame.subarray(LENGTH_BYTES, LENGTH_BYTES + IV_BYTES);
  const body = frame.subarray(LENGTH_BYTES + IV_BYTES + TAG_BYTES);
  try {
    const decipher = createDecipheriv("aes-256-gcm", key, iv).setAAD(place(name, number, isLast));
    decipher.setAuthTag(frame.subarray(LENGTH_BYTES + IV_BYTES, LENGTH_BYTES + IV_BYTES + TAG_BYTES));
    const plain = decipher.update(body);
    decipher.final();
    return plain;
  } catch (cause) {
    throw broken(cause);
  }
}

function place(name: string, number: number, isLast: boolean): Uint8Array {
  return new TextEncoder().encode(`${name}\n${number}\n${isLast ? "last" : "more"}`);
}

function broken(cause?: unknown): FreshetError {
  return new FreshetError("invalid_request", "Cannot read the backup: its encrypted content was changed", {
    hint: "The file is damaged or was changed; use another backup",
    cause,
  });
}

function joined(a: Uint8Array<ArrayBuffer>, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(a.length + b.length);
  bytes.set(a);
  bytes.set(b, a.length);
  return bytes;
}
