import { ConnectionError } from "./errors.ts";

/** Takes the bytes of a body out of those of the connection. */
export interface BodyDecoder {
  /** True when the last byte of the body was seen. */
  readonly isDone: boolean;
  /** True when bytes came after the body: the connection cannot be used again. */
  readonly hasSurplus: boolean;
  /** How many bytes may be read from the connection at once into a buffer of `size` bytes. */
  room(size: number): number;
  /** Decodes `bytes` from `start` to `end` in place and returns how many bytes of the body begin at `start`. */
  decode(bytes: Uint8Array, start: number, end: number): number;
  /** The server closed the connection before `isDone`. Throws where the body is not complete. */
  close(): void;
}

/** A body of a known number of bytes. */
export class FixedDecoder implements BodyDecoder {
  #left: number;
  #hasSurplus = false;

  constructor(bytes: number) {
    this.#left = bytes;
  }

  get isDone(): boolean {
    return this.#left === 0;
  }

  get hasSurplus(): boolean {
    return this.#hasSurplus;
  }

  room(size: number): number {
    return Math.min(size, this.#left);
  }

  decode(_bytes: Uint8Array, start: number, end: number): number {
    const count = Math.min(this.#left, end - start);
    this.#left -= count;
    this.#hasSurplus ||= count < end - start;
    return count;
  }

  close(): void {
    throw new ConnectionError(`Cannot read body: unexpected EOF, ${this.#left} bytes are missing`);
  }
}

/** A body that ends where the server closes the connection: whether it was cut cannot be known. */
export class UntilCloseDecoder implements BodyDecoder {
  readonly isDone = false;
  readonly hasSurplus = false;

  room(size: number): number {
    return size;
  }

  decode(_bytes: Uint8Array, start: number, end: number): number {
    return end - start;
  }

  close(): void {
    // The end of the connection is the end of this body.
  }
}
