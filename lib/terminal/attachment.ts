import { FreshetError, toFreshetError } from "../shared/mod.ts";
import {
  TERMINAL_CLOSE,
  type TerminalEnd,
  type TerminalMessage,
  type TerminalRequest,
} from "../shared/terminal/mod.ts";
import type { Clock, Log } from "../host/mod.ts";
import { InputBudget } from "./input_budget.ts";
import { readTerminalRequest } from "./schemas.ts";

/** What is used of a server's `WebSocket`, so that tests can bring their own. */
export interface TerminalPort {
  readonly readyState: number;
  send(text: string): void;
  close(code: number, reason: string): void;
}

/** Characters on the way to a browser beyond which the program has to wait, and below which it goes on. */
const BEHIND_FROM = 256 * 1024;
const BEHIND_UNTIL = 64 * 1024;
/** Characters of one message. */
const OUTPUT_CHARS = 64 * 1024;
/** A browser that drew nothing for so long (ms), though there was something, is let go. */
const PATIENCE_MS = 30_000;

/** What an `Attachment` needs. */
export interface AttachmentOptions {
  socket: TerminalPort;
  clock: Clock;
  log: Log;
  /** What the client asks for, checked. */
  onRequest(request: Exclude<TerminalRequest, { type: "ack" | "ping" }>): void;
  /** It fell behind, or caught up. */
  onPace(): void;
}

/** One window that shows a session. */
export class Attachment {
  readonly #options: AttachmentOptions;
  readonly #budget: InputBudget;
  #sent = 0;
  #drawn = 0;
  #isBehind = false;
  #cancelPatience: () => void = () => {};
  #isClosed = false;

  constructor(options: AttachmentOptions) {
    this.#options = options;
    this.#budget = new InputBudget(options.clock);
  }

  /** True while it has so much to draw that the program should wait. */
  get isBehind(): boolean {
    return this.#isBehind;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Sends what is no output. */
  send(message: Exclude<TerminalMessage, { type: "output" }>): void {
    this.#write(message);
  }

  /** Begins at this place of the output. */
  startAt(offset: number): void {
    this.#sent = offset;
    this.#drawn = offset;
  }

  /** Sends what was printed; it follows on what was sent before. */
  output(data: string): void {
    if (this.#isClosed) return;
    for (let at = 0; at < data.length; at += OUTPUT_CHARS) {
      const part = data.slice(at, at + OUTPUT_CHARS);
      this.#sent += part.length;
      this.#write({ type: "output", data: part, offset: this.#sent });
    }
    this.#look();
  }

  /** Takes one frame of the client; whatever is wrong with it is answered. */
  receive(frame: unknown): void {
    if (this.#isClosed) return;
    try {
      this.#budget.take(typeof frame === "string" ? frame.length : 0);
      const request = readTerminalRequest(frame);
      if (request.type === "ping") this.#write({ type: "pong" });
      else if (request.type === "ack") this.#acknowledge(request.offset);
      else this.#options.onRequest(request);
    } catch (thrown) {
      const error = toFreshetError(thrown);
      if (error.code === "internal") {
        this.#options.log.error("A message could not be handled", { error: thrown });
      }
      this.#write({ type: "error", error: error.toBody() });
    }
    if (this.#budget.isFlooded) this.close(TERMINAL_CLOSE.flooded, "Too many messages");
  }

  /** Says how the session ended, and goodbye. */
  end(end: TerminalEnd, exitCode?: number): void {
    this.#write({ type: "ended", end, ...(exitCode === undefined ? {} : { exitCode }) });
    const codes = { off: TERMINAL_CLOSE.off, shutdown: TERMINAL_CLOSE.closing } as const;
    const code = end === "off" || end === "shutdown" ? codes[end] : TERMINAL_CLOSE.ended;
    this.close(code, "The session is over");
  }

  close(code: number, reason: string): void {
    if (this.#isClosed) return;
    this.release();
    this.#options.socket.close(code, reason);
  }

  /** Lets go of everything, for a socket that is gone. */
  release(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#cancelPatience();
    if (!this.#isBehind) return;
    this.#isBehind = false;
    this.#options.onPace();
  }

  #acknowledge(offset: number): void {
    if (offset > this.#sent) {
      throw new FreshetError("invalid_request", "Cannot acknowledge what was not sent", { field: "offset" });
    }
    if (offset <= this.#drawn) return;
    this.#drawn = offset;
    if (this.#isBehind) this.#beginPatience();
    this.#look();
  }

  /** Whether the program has to wait, or may go on. */
  #look(): void {
    const onTheWay = this.#sent - this.#drawn;
    const isBehind = onTheWay > (this.#isBehind ? BEHIND_UNTIL : BEHIND_FROM);
    if (isBehind === this.#isBehind) return;
    this.#isBehind = isBehind;
    this.#cancelPatience();
    if (isBehind) this.#beginPatience();
    this.#options.onPace();
  }

  #beginPatience(): void {
    this.#cancelPatience();
    this.#cancelPatience = this.#options.clock.after(PATIENCE_MS, () => {
      this.close(TERMINAL_CLOSE.tooSlow, "Nothing was drawn for too long");
    });
  }

  #write(message: TerminalMessage): void {
    const { socket } = this.#options;
    if (!this.#isClosed && socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
  }
}
