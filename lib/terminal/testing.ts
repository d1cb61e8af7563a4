import type { TerminalMessage, TerminalRequest } from "../shared/terminal/mod.ts";
import type { Pty, PtyExit, PtyLibrary, PtyOptions } from "../host/mod.ts";
import type { TerminalPort } from "./attachment.ts";

/** A program on a PTY that prints what a test says. */
export class FakePty implements Pty {
  readonly pid = 4242;
  readonly options: PtyOptions;
  /** What was typed. */
  typed = "";
  /** True while the program does not read. */
  isFull = false;
  isPaused = false;
  sizes: string[] = [];
  #onData: (text: string) => void = () => {};
  #onExit: (exit: PtyExit) => void = () => {};

  constructor(options: PtyOptions) {
    this.options = options;
  }

  write(text: string): boolean {
    if (this.isFull) return false;
    this.typed += text;
    return true;
  }

  resize(cols: number, rows: number): void {
    this.sizes.push(`${cols}x${rows}`);
  }

  pause(): void {
    this.isPaused = true;
  }

  resume(): void {
    this.isPaused = false;
  }

  onData(listener: (text: string) => void): void {
    this.#onData = listener;
  }

  onExit(listener: (exit: PtyExit) => void): void {
    this.#onExit = listener;
  }

  print(text: string): void {
    this.#onData(text);
  }

  exit(exitCode: number, signal = 0): void {
    this.#onExit({ exitCode, signal });
  }
}

/** Opens `FakePty`s and remembers them. */
export class FakePtyLibrary implements PtyLibrary {
  readonly opened: FakePty[] = [];

  open(options: PtyOptions): FakePty {
    const pty = new FakePty(options);
    this.opened.push(pty);
    return pty;
  }
}

/** A window's socket, as the server sees it. */
export class FakeTerminalPort implements TerminalPort {
  readyState: number = WebSocket.OPEN;
  readonly messages: TerminalMessage[] = [];
  closed: { code: number; reason: string } | undefined;

  send(text: string): void {
    this.messages.push(JSON.parse(text));
  }

  close(code: number, reason: string): void {
    this.readyState = WebSocket.CLOSING;
    this.closed = { code, reason };
  }

  /** All output that was sent. */
  get text(): string {
    return this.messages.map((message) => message.type === "output" ? message.data : "").join("");
  }

  /** Where the output stands that was sent. */
  get offset(): number {
    return this.messages.reduce((last, message) => message.type === "output" ? message.offset : last, 0);
  }
}

/** A request as a frame. */
export function frame(request: TerminalRequest): string {
  return JSON.stringify(request);
}
