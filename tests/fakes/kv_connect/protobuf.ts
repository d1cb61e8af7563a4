/** The part of https://protobuf.dev/programming-guides/encoding that KV Connect needs: varints and length-delimited fields. */

const VARINT = 0;
const LENGTH_DELIMITED = 2;

/** A field of a message: a number, or the bytes of a string or of another message. */
export type Field = { number: number; value: bigint } | { number: number; bytes: Uint8Array<ArrayBuffer> };

/** The fields of a message in their order. Throws a `RangeError` for what is none. */
export function* readMessage(message: Uint8Array<ArrayBuffer>): Generator<Field, void, undefined> {
  let at = 0;
  const varint = () => {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = message[at++];
      if (byte === undefined) break;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asUintN(64, value);
    }
    throw new RangeError(`Cannot parse a message: the number before byte ${at} has no end`);
  };
  while (at < message.length) {
    const tag = Number(varint());
    const number = tag >> 3;
    if ((tag & 7) === VARINT) yield { number, value: varint() };
    else if ((tag & 7) === LENGTH_DELIMITED) {
      const size = Number(varint());
      if (at + size > message.length) throw new RangeError("Cannot parse a message: it ends within a field");
      at += size;
      yield { number, bytes: message.subarray(at - size, at) };
    } else throw new RangeError(`Cannot parse a message: wire type ${tag & 7} is not part of the protocol`);
  }
}

/** Writes the fields of a message. What has its default value is left out, as proto3 has it. */
export class MessageWriter {
  #bytes: Uint8Array[] = [];

  /** An integer, an enumeration or a boolean. */
  number(number: number, value: number | bigint | boolean): this {
    if (Number(value) !== 0) this.#bytes.push(varint(number << 3 | VARINT), varint(Number(value)));
    return this;
  }

  /** Bytes or a message, written even where they are empty. */
  field(number: number, bytes: Uint8Array): this {
    this.#bytes.push(varint(number << 3 | LENGTH_DELIMITED), varint(bytes.length), bytes);
    return this;
  }

  finish(): Uint8Array<ArrayBuffer> {
    const message = new Uint8Array(this.#bytes.reduce((size, { length }) => size + length, 0));
    let at = 0;
    for (const bytes of this.#bytes) {
      message.set(bytes, at);
      at += bytes.length;
    }
    return message;
  }
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  for (; value >= 0x80; value = Math.floor(value / 128)) bytes.push(value % 128 + 0x80);
  return Uint8Array.from([...bytes, value]);
}
