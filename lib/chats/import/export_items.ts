import { FreshetError } from "../../shared/mod.ts";
import { type JsonItem, JsonItems } from "./json_items.ts";
import { ZipFiles } from "./zip_files.ts";

/** How much of an export is read. */
export interface ImportLimits {
  /** Bytes of JSON in all, unpacked. */
  totalBytes: number;
  /** Bytes of one chat. */
  chatBytes: number;
}

/** One chat needs several times its bytes in memory while it is read. */
export const IMPORT_LIMITS: ImportLimits = { totalBytes: 2 * 1024 ** 3, chatBytes: 64 * 1024 ** 2 };

/**
 * The chats of an export that arrives as a stream: of a JSON text, or of the JSON files in a ZIP. Throws `invalid_request` for
 * anything else and `payload_too_large` above the limit.
 */
export async function* exportItems(
  body: AsyncIterable<Uint8Array>,
  limits: ImportLimits = IMPORT_LIMITS,
): AsyncGenerator<JsonItem, void, undefined> {
  const source = withHead(body);
  try {
    const first = await source.next();
    const head = first.value ?? new Uint8Array();
    const parts = prepend(head, source);
    yield* isZip(head) ? zipItems(parts, limits) : jsonItems(parts, limits);
  } finally {
    // What was refused at its first bytes has more to come, which nobody would read.
    await source.return();
  }
}

async function* jsonItems(parts: AsyncIterable<Uint8Array>, limits: ImportLimits) {
  const items = new JsonItems(limits.chatBytes);
  const count = counter(limits);
  for await (const part of parts) {
    count(part);
    yield* items.push(part);
  }
  yield* items.finish();
}

async function* zipItems(parts: AsyncIterable<Uint8Array>, limits: ImportLimits) {
  const zip = new ZipFiles();
  const count = counter(limits);
  const open = new Map<string, JsonItems>();
  let files = 0;
  const take = function* (unpacked: ReturnType<ZipFiles["push"]>) {
    for (const { name, bytes, isLast } of unpacked) {
      count(bytes);
      const items = open.get(name) ?? new JsonItems(limits.chatBytes);
      if (!open.has(name)) files++;
      open.set(name, items);
      yield* items.push(bytes);
      if (!isLast) continue;
      open.delete(name);
      yield* items.finish();
    }
  };
  for await (const part of parts) yield* take(zip.push(part));
  yield* take(zip.push(new Uint8Array(), true));
  for (const items of open.values()) yield* items.finish();
  if (files > 0) return;
  throw new FreshetError("invalid_request", "Cannot import the ZIP: it holds no conversations.json", {
    field: "file",
  });
}

function counter({ totalBytes }: ImportLimits): (part: Uint8Array) => void {
  let total = 0;
  return ({ length }) => {
    total += length;
    if (total <= totalBytes) return;
    const size = `${Math.floor(totalBytes / 1024 ** 2)} MB`;
    throw new FreshetError("payload_too_large", `The export holds more than ${size} of chats`);
  };
}

function isZip(head: Uint8Array): boolean {
  return head[0] === 0x50 && head[1] === 0x4b;
}

/** The parts, the first with two bytes at least where there are so many. */
async function* withHead(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  let held = new Uint8Array();
  for await (const part of body) {
    if (held.length >= 2) yield part;
    else {
      const joined = new Uint8Array(held.length + part.length);
      joined.set(held);
      joined.set(part, held.length);
      held = joined;
      if (held.length >= 2) yield held;
    }
  }
  if (held.length < 2) yield held;
}

async function* prepend(head: Uint8Array, rest: AsyncIterable<Uint8Array>) {
  yield head;
  yield* rest;
}
