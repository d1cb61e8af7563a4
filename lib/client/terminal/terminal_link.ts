import { type ReadonlySignal, signal } from "@preact/signals";
import { FreshetError } from "../../shared/mod.ts";
import {
  TERMINAL_CLOSE,
  TERMINAL_INPUT_MAX,
  TERMINAL_PROTOCOL,
  TERMINAL_TICKET,
  type TerminalEnd,
  type TerminalMessage,
  type TerminalRequest,
  type TerminalSession,
} from "../../shared/terminal/mod.ts";
import type { Clock } from "../clock.ts";
import type { ClientConnection, Connect } from "../socket/web_socket.ts";
import type { TerminalApi } from "./terminal_api.ts";

/** Where a window on a session stands; `waiting` is until the next try, `ended` is for good. */
export type LinkState = "connecting" | "open" | "waiting" | "ended" | "stopped";

/** How a session ended. */
export interface LinkEnd {
  end: TerminalEnd;
  exitCode?: number;
}

/** What shows a session's output. */
export interface LinkScreen {
  /** Forgets all; what follows begins anew. */
  reset(): void;
  /** Draws output and calls back when that is done. */
  write(data: string, onDrawn: () => void): void;
  /** While true, what the screen answers to the output is not sent: it was answered before. */
  setReplaying(isReplaying: boolean): void;
}

/** What a `TerminalLink` needs. */
export interface TerminalLinkOptions {
  session: TerminalSession;
  /** `ws://HOST` or `wss://HOST`. */
  origin: string;
  api: Pick<TerminalApi, "ticket">;
  connect: Connect;
  clock: Clock;
  /** The session has a new title, folder or command. */
  onChange(session: TerminalSession): void;
  /** Something was refused. */
  onError(error: FreshetError): void;
}

const BACK_OFF_SECONDS = [1, 2, 4, 8, 15, 30];
/** ms of silence after which the server is asked for a sign of life, and after which the connection is dead. */
const PING_MS = 20_000;
const SILENT_MS = 30_000;
/** Characters that are kept while it connects. */
const HELD_MAX = 4_096;

/** A window on a session that comes back by itself, and then draws what it missed. */
export class TerminalLink {
  readonly #options: TerminalLinkOptions;
  readonly #state = signal<LinkState>("stopped");
  readonly #end = signal<LinkEnd | null>(null);
  #screen: LinkScreen | undefined;
  #connection: ClientConnection | undefined;
  /** Counts connections, so that what belongs to an old one is left alone. */
  #attempt = 0;
  #failures = 0;
  /** Output that was received up to here. */
  #offset = 0;
  #cancelWatch: () => void = () => {};
  #cancelTry: () => void = () => {};
  #heardAt = 0;
  /** What was typed while it connects. */
  #held = "";
  #size: { cols: number; rows: number } | undefined;

  constructor(options: TerminalLinkOptions) {
    this.#options = options;
  }

  get state(): ReadonlySignal<LinkState> {
    return this.#state;
  }

  /** How the session ended; null while it runs. */
  get end(): ReadonlySignal<LinkEnd | null> {
    return this.#end;
  }

  /** Connects and draws all output on the screen, or what it missed where it was there before. */
  start(screen: LinkScreen): void {
    if (this.#state.peek() !== "stopped") return;
    if (this.#screen !== screen) this.#offset = 0;
    this.#screen = screen;
    void this.#connect();
  }

  /** Lets go of the connection; the session goes on. */
  stop(): void {
    this.#disconnect();
    this.#cancelTry();
    if (this.#state.peek() !== "ended") this.#state.value = "stopped";
  }

  /** Tries at once. */
  retryNow(): void {
    if (this.#state.peek() !== "waiting") return;
    this.#cancelTry();
    void this.#connect();
  }

  /** Types; false where there is nobody to hear it. What is typed while it connects goes out as soon as it is open. */
  type(text: string): boolean {
    const state = this.#state.peek();
    if (state === "connecting" && this.#held.length + text.length <= HELD_MAX) {
      this.#held += text;
      return true;
    }
    if (state !== "open") return false;
    for (const data of pieces(text)) this.#send({ type: "input", data });
    return true;
  }

  /** Says how large the screen is, now and after each break. */
  resize(cols: number, rows: number): void {
    this.#size = { cols, rows };
    this.#send({ type: "resize", cols, rows });
  }

  async #connect(): Promise<void> {
    const { session, api, origin, connect } = this.#options;
    const attempt = ++this.#attempt;
    const isCurrent = () => this.#attempt === attempt;
    this.#state.value = "connecting";
    try {
      const ticket = await api.ticket(session.id);
      if (!isCurrent()) return;
      const url = `${origin}/api/terminal/sessions/${session.id}/socket?after=${this.#offset}`;
      this.#connection = connect(url, [TERMINAL_PROTOCOL, TERMINAL_TICKET + ticket], {
        onOpen: () => isCurrent() && this.#opened(),
        onText: (text) => isCurrent() && this.#receive(JSON.parse(text) as TerminalMessage),
        onClose: (code) => isCurrent() && this.#closed(code),
      });
      this.#watch();
    } catch (error) {
      if (!isCurrent()) return;
      if (!(error instanceof FreshetError)) throw error;
      // The server does not know it any more, or has no terminals for us.
      if (error.code === "not_found") this.#finish({ end: "lost" });
      else if (error.code === "forbidden") this.#finish({ end: "off" });
      else this.#wait();
    }
  }

  #opened(): void {
    this.#state.value = "open";
    if (this.#size) this.#send({ type: "resize", ...this.#size });
    const held = this.#held;
    this.#held = "";
    if (held !== "") this.type(held);
  }

  #receive(message: TerminalMessage): void {
    this.#heardAt = this.#options.clock.now();
    this.#failures = 0;
    const screen = this.#screen;
    switch (message.type) {
      case "attached":
        screen?.setReplaying(true);
        if (message.isReset) screen?.reset();
        this.#options.onChange(message.session);
        return;
      case "output": {
        this.#offset = message.offset;
        const attempt = this.#attempt;
        screen?.write(message.data, () => {
          if (attempt === this.#attempt) this.#send({ type: "ack", offset: message.offset });
        });
        return;
      }
      case "replayed":
        this.#offset = message.offset;
        screen?.write("", () => screen.setReplaying(false));
        return;
      case "changed":
        return this.#options.onChange(message.session);
      case "ended": {
        const { end, exitCode } = message;
        // The server comes back, but not with this session.
        return this.#finish(exitCode === undefined ? { end } : { end, exitCode });
      }
      case "error":
        return this.#options.onError(FreshetError.fromBody(message.error));
    }
  }

  #closed(code?: number): void {
    if (code === TERMINAL_CLOSE.ended) this.#finish({ end: "lost" });
    else if (code === TERMINAL_CLOSE.off) this.#finish({ end: "off" });
    else this.#wait();
  }

  #finish(end: LinkEnd): void {
    if (this.#state.peek() === "ended") return;
    this.#disconnect();
    this.#end.value = end;
    this.#state.value = "ended";
  }

  #wait(): void {
    this.#disconnect();
    const seconds = BACK_OFF_SECONDS[Math.min(this.#failures, BACK_OFF_SECONDS.length - 1)] ?? 1;
    this.#failures++;
    this.#state.value = "waiting";
    this.#cancelTry = this.#options.clock.after(seconds * 1000, () => void this.#connect());
  }

  #disconnect(): void {
    this.#attempt++;
    this.#held = "";
    this.#cancelWatch();
    this.#connection?.close();
    this.#connection = undefined;
    this.#screen?.setReplaying(false);
  }

  /** Takes the connection for dead where nothing is heard, though the server was asked. */
  #watch(): void {
    const { clock } = this.#options;
    this.#heardAt = clock.now();
    const look = () => {
      const silent = clock.now() - this.#heardAt;
      if (silent >= SILENT_MS) return this.#wait();
      if (silent >= PING_MS) this.#send({ type: "ping" });
      this.#cancelWatch = clock.after(silent >= PING_MS ? SILENT_MS - silent : PING_MS - silent, look);
    };
    this.#cancelWatch();
    this.#cancelWatch = clock.after(PING_MS, look);
  }

  #send(request: TerminalRequest): void {
    if (this.#state.peek() === "open") this.#connection?.send(JSON.stringify(request));
  }
}

/** A text in pieces that one message may hold each; no character is torn apart. */
function* pieces(text: string): Generator<string> {
  for (let at = 0; at < text.length;) {
    let end = Math.min(text.length, at + TERMINAL_INPUT_MAX);
    const last = text.charCodeAt(end - 1);
    if (end < text.length && last >= 0xd800 && last < 0xdc00) end--;
    yield text.slice(at, end);
    at = end;
  }
}
