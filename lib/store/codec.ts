import { promisify } from "node:util";
import { deflateRaw, deflateRawSync, inflateRawSync } from "node:zlib";
import { FreshetError } from "../shared/mod.ts";
import type { Cipher } from "./cipher.ts";

const FORMAT = 1;
const HEADER_BYTES = 4;
const DEFLATED = 1;
const ENCRYPTED = 2;
/** Bytes from which on deflating is worth its time: for a record, of which many are written and few are read, later. */
const WORTH_DEFLATING = 256;
const RECORD_WORTH_DEFLATING = 1024;
const LEVEL = { level: 3 };

const deflate = promisify<Uint8Array, typeof LEVEL, Uint8Array>(deflateRaw);

/** A kind of record: its name, its current schema number and how older ones are brought up to it. */
export interface RecordType<T> {
  readonly name: string;
  /** Counts up with every change of the record's shape; 1 to 65,535. */
  readonly schema: number;
  /** `upgrades[n]` turns a value of schema `n` into one of `n + 1`. */
  readonly upgrades?: Readonly<Record<number, (value: never) => unknown>>;
  /** Only in the type: the value's shape. */
  readonly value?: T;
}

/** Describes a kind of record. */
export function recordType<T>(
  name: string,
  schema = 1,
  upgrades: RecordType<T>["upgrades"] = {},
): RecordType<T> {
  return { name, schema, upgrades };
}

/**
 * Turns records into bytes and back. Four bytes of header (format, flags, schema number), then JSON, deflated where that is
 * smaller and encrypted where the codec has a cipher. A reader upgrades older schemas and refuses newer ones.
 */
export class Codec {
  #cipher: Cipher | undefined;
  #encoder = new TextEncoder();
  #decoder = new TextDecoder();

  constructor(cipher?: Cipher) {
    this.#cipher = cipher;
  }

  /** The record's bytes. */
  encode<T>(type: RecordType<T>, value: T): Uint8Array<ArrayBuffer> {
    const plain = this.#encoder.encode(JSON.stringify(value));
    return this.#deflated(plain, RECORD_WORTH_DEFLATING, type.schema);
  }

  /** The value of stored bytes, in its current shape. Throws `storage` where they cannot be read. */
  decode<T>(type: RecordType<T>, bytes: Uint8Array): T {
    const { body, schema } = this.decodeBytes(bytes);
    if (schema > type.schema) {
      throw new FreshetError("storage", `Cannot read a ${type.name}: it was written by a newer Freshet`, {
        hint: "Update Freshet, or restore a backup made with this version",
      });
    }
    let value: unknown = JSON.parse(this.#decoder.decode(body));
    for (let n = schema; n < type.schema; n++) {
      const upgrade = type.upgrades?.[n] as ((value: unknown) => unknown) | undefined;
      if (!upgrade) throw new FreshetError("storage", `Cannot upgrade a ${type.name} from schema ${n}`);
      value = upgrade(value);
    }
    return value as T;
  }

  /** Raw bytes with the header. */
  encodeBytes(plain: Uint8Array, schema = 1): Uint8Array<ArrayBuffer> {
    return this.#deflated(plain, WORTH_DEFLATING, schema);
  }

  /** The same for many bytes: compressing 20 MB takes seconds, during which everybody else's tokens would wait. */
  async encodeManyBytes(plain: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
    return this.#pack(plain, await deflate(plain, LEVEL), 1);
  }

  #deflated(plain: Uint8Array, worthFrom: number, schema: number): Uint8Array<ArrayBuffer> {
    return this.#pack(plain, plain.length < worthFrom ? plain : deflateRawSync(plain, LEVEL), schema);
  }

  #pack(plain: Uint8Array, deflated: Uint8Array, schema: number): Uint8Array<ArrayBuffer> {
    const isSmaller = deflated.length < plain.length;
    let body = isSmaller ? deflated : plain;
    let flags = isSmaller ? DEFLATED : 0;
    if (this.#cipher) {
      body = this.#cipher.seal(body);
      flags |= ENCRYPTED;
    }
    const bytes = new Uint8Array(HEADER_BYTES + body.length);
    bytes.set([FORMAT, flags, schema >> 8, schema & 255]);
    bytes.set(body, HEADER_BYTES);
    return bytes;
  }

  /** The reverse of `encodeBytes`. */
  decodeBytes(bytes: Uint8Array): { body: Uint8Array; schema: number } {
    const [format, flags = 0, high = 0, low = 0] = bytes;
    if (bytes.length < HEADER_BYTES || format !== FORMAT) {
      throw new FreshetError("storage", "Cannot read a stored value: unknown format");
    }
    let body = bytes.subarray(HEADER_BYTES);
    if (flags & ENCRYPTED) {
      if (!this.#cipher) throw new FreshetError("storage", "Cannot read a stored value: it is encrypted");
      body = this.#cipher.open(body);
    }
    if (flags & DEFLATED) body = inflateRawSync(body);
    return { body, schema: high << 8 | low };
  }
}
