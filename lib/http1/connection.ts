import { ConnectionError, ProtocolError } from "./errors.ts";
import { MAX_HEAD_BYTES } from "./limits.ts";

/** Enough for a head, and for what a fast server has ready when an event loop comes round. */
const BUFFER_BYTES = 32 * 1024;

/** What a connection needs of a socket. */
export type Socket = Pick<Deno.TcpConn, "read" | "write" | "close" | "setNoDelay">;

/** A connection with its one buffer. It carries one exchange after the other, and is watched for its end in between. */
export class Connection {
  /** What was read and not taken yet lies from `start` to `end`. */
  buffer = new Uint8Array(BUFFER_BYTES);
  start = 0;
  end = 0;
  /** Bytes of this exchange that the system took for sending, and that came in. */
  sent = 0;
  received = 0;
  /** Told when the connection is destroyed while it carries an exchange. */
  onDestroy: ((reason: unknown) => void) | undefined;
  /** Told when the connection is gone, however that came. */
  readonly #onGone: (connection: Connection) => void;
  readonly #socket: Socket;
  #destroyed: { reason: unknown } | undefined;
  /** The read that watches an idle connection; it becomes the first one of the next exchange. */
  #watch: Promise<number | null> | undefined;
  #isWatchSettled = false;

  constructor(socket: Socket, onGone: (connection: Connection) => void) {
    this.#socket = socket;
    this.#onGone = onGone;
    socket.setNoDelay(true);
  }

  /** False once it is destroyed, or something came (bytes, or the end) that no request had asked for. */
  get isUsable(): boolean {
    return this.#destroyed === undefined && !this.#isWatchSettled;
  }

  /** Starts an exchange. */
  begin(): void {
    this.sent = 0;
    this.received = 0;
  }

  /** Watches the connection until the next exchange; `onLost` is called where the server closes it or says something. */
  watch(onLost: () => void): void {
    this.start = 0;
    this.end = 0;
    this.onDestroy = undefined;
    const settle = () => {
      if (this.#watch !== watch) return;
      this.#isWatchSettled = true;
      onLost();
    };
    const watch = this.#socket.read(this.buffer);
    this.#watch = watch;
    watch.then(settle, settle);
  }

  /** Reads into a buffer of the caller; null at the end of the connection. What it throws is for `errorFor`. */
  read(into: Uint8Array): Promise<number | null> {
    return this.#socket.read(into);
  }

  /** Adds what comes to the own buffer, which grows where it is full; false at the end of the connection. */
  async fill(): Promise<boolean> {
    const watch = this.#watch;
    // Nothing that settles from here on concerns an idle connection.
    this.#watch = undefined;
    if (!watch) this.#makeRoom();
    try {
      const count = await (watch ?? this.#socket.read(this.buffer.subarray(this.end)));
      if (count === null) return false;
      this.end += count;
      this.received += count;
      return true;
    } catch (error) {
      throw this.errorFor(error);
    }
  }

  /** Sends all bytes. */
  async write(bytes: Uint8Array): Promise<void> {
    try {
      for (let at = 0; at < bytes.length;) {
        const count = await this.#socket.write(at === 0 ? bytes : bytes.subarray(at));
        at += count;
        this.sent += count;
      }
    } catch (error) {
      throw this.errorFor(error);
    }
  }

  /** Closes the connection at once; what waits for it fails with the reason. */
  destroy(reason: unknown): void {
    if (this.#destroyed) return;
    this.#destroyed = { reason };
    this.#socket.close();
    this.onDestroy?.(reason);
    this.onDestroy = undefined;
    this.#onGone(this);
  }

  /** What to throw for an error: the reason of `destroy` where that was it, and our own errors as they are. */
  errorFor(cause: unknown): unknown {
    if (this.#destroyed) return this.#destroyed.reason;
    if (cause instanceof ConnectionError || cause instanceof ProtocolError) return cause;
    const said = cause instanceof Error ? cause.message : String(cause);
    return new ConnectionError(`Connection failed: ${said}`, { cause });
  }

  /** Throws the reason of `destroy` where that was called. */
  throwIfDestroyed(): void {
    if (this.#destroyed) throw this.#destroyed.reason;
  }

  #makeRoom(): void {
    if (this.start > 0) {
      this.buffer.copyWithin(0, this.start, this.end);
      this.end -= this.start;
      this.start = 0;
    }
    if (this.end < this.buffer.length) return;
    const larger = new Uint8Array(Math.min(2 * this.buffer.length, MAX_HEAD_BYTES + BUFFER_BYTES));
    larger.set(this.buffer);
    this.buffer = larger;
  }
}
