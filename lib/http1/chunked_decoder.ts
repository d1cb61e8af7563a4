import type { BodyDecoder } from "./body_decoder.ts";
import { ConnectionError, ProtocolError } from "./errors.ts";
import { MAX_EXTENSION_BYTES, MAX_SIZE_DIGITS } from "./limits.ts";
import { TrailerChecker } from "./trailer_checker.ts";

const LF = 10;
const CR = 13;
const SEMICOLON = 59;
/** `chunk-ext` of RFC 9112, section 7.1.1, without the white space that it calls bad. */
const EXTENSIONS =
  /^(?:;[!#$%&'*+\-.^_`|~0-9A-Za-z]+(?:=(?:[!#$%&'*+\-.^_`|~0-9A-Za-z]+|"(?:[\t !#-[\]-~\x80-\xff]|\\[\t -~\x80-\xff])*"))?)+$/;

/** What the next byte belongs to. */
const enum State {
  Size,
  Extension,
  SizeLf,
  Data,
  DataCr,
  DataLf,
  Trailer,
  Done,
}

/**
 * Decodes the chunked transfer coding (RFC 9112, section 7.1) in place: data moves down over the sizes before it, so that no
 * second buffer is needed, and input may be cut anywhere. Only CRLF ends a line; sizes are digits with nothing around them.
 */
export class ChunkedDecoder implements BodyDecoder {
  #state = State.Size;
  #size = 0;
  #digits = 0;
  /** Those of the current chunk, which are checked and ignored. */
  #extensions = "";
  #extensionBytes = 0;
  #trailer: TrailerChecker | undefined;
  #hasSurplus = false;

  get isDone(): boolean {
    return this.#state === State.Done;
  }

  get hasSurplus(): boolean {
    return this.#hasSurplus;
  }

  room(size: number): number {
    return size;
  }

  decode(bytes: Uint8Array, start: number, end: number): number {
    let to = start;
    let at = start;
    while (at < end && this.#state !== State.Done) {
      if (this.#state === State.Data) {
        const count = Math.min(this.#size, end - at);
        if (to !== at) bytes.copyWithin(to, at, at + count);
        to += count;
        at += count;
        this.#size -= count;
        if (this.#size === 0) this.#state = State.DataCr;
      } else {
        this.#step(bytes[at++] ?? 0);
      }
    }
    this.#hasSurplus ||= at < end;
    return to - start;
  }

  close(): void {
    throw new ConnectionError("Cannot read body: unexpected EOF before the last chunk");
  }

  #step(byte: number): void {
    switch (this.#state) {
      case State.Size:
        return this.#onSize(byte);
      case State.Extension:
        return this.#onExtension(byte);
      case State.SizeLf:
        expect(byte, LF);
        this.#state = this.#size > 0 ? State.Data : State.Trailer;
        return;
      case State.DataCr:
        expect(byte, CR);
        this.#state = State.DataLf;
        return;
      case State.DataLf:
        expect(byte, LF);
        this.#state = State.Size;
        this.#digits = 0;
        return;
      default:
        this.#trailer ??= new TrailerChecker();
        if (this.#trailer.push(byte)) this.#state = State.Done;
    }
  }

  #onSize(byte: number): void {
    const digit = hexDigit(byte);
    if (digit >= 0) {
      this.#size = this.#size * 16 + digit;
      this.#digits++;
      if (this.#digits > MAX_SIZE_DIGITS || this.#size > Number.MAX_SAFE_INTEGER) {
        throw new ProtocolError("Cannot parse chunk: its size is too large");
      }
    } else if (this.#digits > 0 && byte === CR) this.#state = State.SizeLf;
    else if (this.#digits > 0 && byte === SEMICOLON) {
      this.#extensions = "";
      this.#state = State.Extension;
      this.#onExtension(byte);
    } else throw unexpected(byte);
  }

  #onExtension(byte: number): void {
    if (byte === CR) {
      if (!EXTENSIONS.test(this.#extensions)) {
        throw new ProtocolError("Cannot parse chunk: its extensions are malformed");
      }
      this.#state = State.SizeLf;
      return;
    }
    if (byte === LF) throw unexpected(byte);
    this.#extensions += String.fromCharCode(byte);
    this.#extensionBytes++;
    if (this.#extensionBytes > MAX_EXTENSION_BYTES) {
      throw new ProtocolError("Cannot parse chunk: its extensions are too long");
    }
  }
}

/** The value of a hexadecimal digit, or -1. */
function hexDigit(byte: number): number {
  if (byte >= 48 && byte <= 57) return byte - 48;
  const lower = byte | 32;
  return lower >= 97 && lower <= 102 ? lower - 87 : -1;
}

function expect(byte: number, expected: number): void {
  if (byte !== expected) throw unexpected(byte);
}

function unexpected(byte: number): ProtocolError {
  return new ProtocolError(`Cannot parse chunk: unexpected byte ${byte}`);
}
