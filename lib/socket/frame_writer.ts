import type { RunMessage, SocketMessage } from "../shared/mod.ts";
import type { Clock } from "../host/mod.ts";
import type { Audience } from "./audience.ts";
import type { SocketPort } from "./socket_port.ts";

/** Bytes that may wait for the network before nothing more is written. */
const BUFFERED_MAX = 256 * 1024;
/** Characters of a frame at which it is sent and the rest goes into the next one. */
const FRAME_CHARS = 256 * 1024;
const DRAIN_POLL_MS = 50;
/** A client that took none of it for so long (ms) is let go. */
const PATIENCE_MS = 30_000;

/** What a `FrameWriter` needs. */
export interface FrameWriterOptions {
  socket: SocketPort;
  clock: Clock;
  audience: Audience;
  onTooSlow(): void;
}

interface Waiting {
  /** How many messages have to be sent. */
  until: number;
  resolve(): void;
}

/**
 * Sends messages in frames: what becomes due within a frame's time goes out as one JSON array. Who writes what a run says
 * waits until it was sent, so that a slow client's events stay where they are, in the run's log.
 */
export class FrameWriter {
  readonly #options: FrameWriterOptions;
  #due: string[] = [];
  #added = 0;
  #sent = 0;
  #waiting: Waiting[] = [];
  #sentAt = -Infinity;
  #isScheduled = false;
  #cancel: (() => void) | undefined;
  #stalledSince: number | undefined;
  #isClosed = false;

  constructor(options: FrameWriterOptions) {
    this.#options = options;
  }

  /** Puts a short message in line. */
  add(message: SocketMessage): void {
    if (this.#isClosed) return;
    this.#push(message);
    this.#schedule();
  }

  /** Sends messages of a run; resolves when they are on their way, or when the socket is closed. */
  async write(messages: readonly RunMessage[]): Promise<void> {
    if (this.#isClosed || messages.length === 0) return;
    for (const message of messages) this.#push(message);
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.push({ until: this.#added, resolve });
    this.#schedule();
    await promise;
  }

  /** Sends what is due, as far as the client takes it, and nothing from then on. */
  close(): void {
    if (this.#isClosed) return;
    while (this.#due.length > 0 && this.#hasRoom()) this.#sendFrame();
    this.#isClosed = true;
    this.#due = [];
    this.#cancel?.();
    for (const { resolve } of this.#waiting) resolve();
    this.#waiting = [];
  }

  #push(message: SocketMessage): void {
    this.#due.push(JSON.stringify(message));
    this.#added++;
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    const { clock, audience: { frameMs } } = this.#options;
    // A clock that was set back makes nobody wait.
    const ms = Math.min(frameMs, this.#sentAt + frameMs - clock.now());
    // What else becomes due by what is going on right now still comes along.
    if (ms <= 0) queueMicrotask(() => this.#flush());
    else this.#flushIn(ms);
  }

  #flushIn(ms: number): void {
    this.#cancel = this.#options.clock.after(ms, () => this.#flush());
  }

  #flush(): void {
    if (this.#isClosed) return;
    this.#cancel = undefined;
    if (!this.#hasRoom()) return this.#waitForRoom();
    this.#stalledSince = undefined;
    this.#sendFrame();
    this.#isScheduled = false;
    if (this.#due.length > 0) this.#schedule();
  }

  #waitForRoom(): void {
    const { clock, onTooSlow } = this.#options;
    this.#stalledSince ??= clock.now();
    if (clock.now() - this.#stalledSince >= PATIENCE_MS) onTooSlow();
    else this.#flushIn(DRAIN_POLL_MS);
  }

  #hasRoom(): boolean {
    const { readyState, bufferedAmount } = this.#options.socket;
    return readyState === WebSocket.OPEN && bufferedAmount <= BUFFERED_MAX;
  }

  #sendFrame(): void {
    let count = 0;
    for (let chars = 0; count < this.#due.length && chars < FRAME_CHARS; count++) {
      chars += this.#due[count]?.length ?? 0;
    }
    this.#options.socket.send(`[${this.#due.splice(0, count).join(",")}]`);
    this.#sentAt = this.#options.clock.now();
    this.#sent += count;
    while (this.#waiting[0] && this.#waiting[0].until <= this.#sent) this.#waiting.shift()?.resolve();
  }
}
