/** The messages of https://github.com/denoland/denokv/blob/main/proto/schema/datapath.proto, between bytes and values. */
import type { Check, Entry, Mutation, MutationType, Range, Write } from "./database.ts";
import { type Field, MessageWriter, readMessage } from "./protobuf.ts";

type Message = Uint8Array<ArrayBuffer>;

/** By number. Sums and the like of other encodings than LE64 belong to later versions of the protocol. */
const MUTATIONS: readonly (MutationType | undefined)[] = [undefined, "set", "delete", "sum", "max", "min"];
const READ_SUCCESS = 1;
const WRITE_SUCCESS = 1;
const CHECK_FAILURE = 2;

/** The ranges that a SnapshotRead asks for. */
export function readSnapshotRead(message: Message): Range[] {
  return bytesOf(message, 1).map((range) => ({
    start: keyOf(range, 1),
    end: keyOf(range, 2),
    limit: Number(numberOf(range, 3)),
    reverse: numberOf(range, 4) === 1n,
  }));
}

/** What an AtomicWrite wants. Throws a `RangeError` where it wants what the stand-in cannot do. */
export function readAtomicWrite(message: Message): Write {
  if (bytesOf(message, 3).length > 0) throw new RangeError("Cannot enqueue: KV Connect has no queues");
  return {
    checks: bytesOf(message, 1).map((check): Check => ({
      key: keyOf(check, 1),
      versionstamp: keyOf(check, 2),
    })),
    mutations: bytesOf(message, 2).map(readMutation),
  };
}

/** The keys that a Watch is of. */
export function readWatch(message: Message): string[] {
  return bytesOf(message, 1).map((key) => keyOf(key, 1));
}

/** A SnapshotReadOutput of the entries of each range. */
export function writeSnapshotReadOutput(ranges: readonly (readonly Entry[])[]): Message {
  const output = new MessageWriter();
  for (const entries of ranges) {
    const range = new MessageWriter();
    for (const entry of entries) range.field(1, writeEntry(entry));
    output.field(1, range.finish());
  }
  return output.number(4, true).number(8, READ_SUCCESS).finish();
}

/** An AtomicWriteOutput: the versionstamp of the commit, or the places of the checks that failed. */
export function writeAtomicWriteOutput(result: { versionstamp: string } | { failed: number[] }): Message {
  const output = new MessageWriter();
  if ("versionstamp" in result) {
    return output.number(1, WRITE_SUCCESS).field(2, fromKey(result.versionstamp)).finish();
  }
  output.number(1, CHECK_FAILURE);
  for (const place of result.failed) output.number(4, place);
  return output.finish();
}

/** A WatchOutput in its frame. What is `undefined` has not changed, what is `null` is not there. */
export function writeWatchOutput(entries: readonly (Entry | null | undefined)[]): Message {
  const output = new MessageWriter().number(1, READ_SUCCESS);
  for (const entry of entries) {
    const key = new MessageWriter().number(1, entry !== undefined);
    if (entry) key.field(2, writeEntry(entry));
    output.field(2, key.finish());
  }
  return framed(output.finish());
}

/** What is sent now and then over a quiet watch. */
export const PING = framed(new Uint8Array());

function framed(message: Uint8Array): Message {
  const frame = new Uint8Array(4 + message.length);
  new DataView(frame.buffer).setUint32(0, message.length, true);
  frame.set(message, 4);
  return frame;
}

function readMutation(message: Message): Mutation {
  const [value = new Uint8Array()] = bytesOf(message, 2);
  const type = MUTATIONS[Number(numberOf(message, 3))];
  if (!type) throw new RangeError(`Cannot mutate: type ${numberOf(message, 3)} is not known`);
  return {
    type,
    key: keyOf(message, 1),
    data: bytesOf(value, 1)[0] ?? new Uint8Array(),
    encoding: Number(numberOf(value, 2)),
    expireAt: Number(numberOf(message, 4)),
  };
}

function writeEntry({ key, data, encoding, versionstamp }: Entry): Message {
  return new MessageWriter().field(1, fromKey(key)).field(2, data).number(3, encoding)
    .field(4, fromKey(versionstamp)).finish();
}

function bytesOf(message: Message, number: number): Message[] {
  return fieldsOf(message, number).flatMap((field) => "bytes" in field ? [field.bytes] : []);
}

function numberOf(message: Message, number: number): bigint {
  const [field] = fieldsOf(message, number);
  return field && "value" in field ? field.value : 0n;
}

function fieldsOf(message: Message, number: number): Field[] {
  return [...readMessage(message)].filter((field) => field.number === number);
}

/** Keys and versionstamps are strings of one character for each byte, whose order is that of the bytes. */
function keyOf(message: Message, number: number): string {
  const [bytes = new Uint8Array()] = bytesOf(message, number);
  let key = "";
  for (const byte of bytes) key += String.fromCharCode(byte);
  return key;
}

function fromKey(key: string): Uint8Array {
  return Uint8Array.from(key, (char) => char.charCodeAt(0));
}
