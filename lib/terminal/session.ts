import { FreshetError } from "../shared/mod.ts";
import type { TerminalEnd, TerminalSession } from "../shared/terminal/mod.ts";
import type { Clock, Pty } from "../host/mod.ts";
import type { Attachment } from "./attachment.ts";
import { CommandTracker, type ShellEvent } from "./command_tracker.ts";
import { Scrollback } from "./scrollback.ts";

/** Characters of output that are kept for who comes back. */
const SCROLLBACK_CHARS = 256 * 1024;
/** ms for which output is gathered, so that a flood comes in fewer messages. A key's echo goes out at once. */
const GATHER_MS = 8;
/** ms after the last output at which a shell that tells nothing is asked for its folder. */
const LOOK_MS = 300;

/** A command began or ended. */
export type CommandEvent = Extract<ShellEvent, { type: "command" | "finished" }>;

/** What a `Session` needs. */
export interface SessionOptions {
  id: string;
  pty: Pty;
  shell: string;
  cwd: string;
  cols: number;
  rows: number;
  /** By which the shell is told from what runs in it. */
  secret: string;
  clock: Clock;
  /** The shell's folder as the system has it; undefined where that cannot be told. */
  readCwd(pid: number): Promise<string | undefined>;
  /** The shell told of a command's begin or end. */
  onCommand(event: CommandEvent, cwd: string): void;
  /** The program ended. */
  onExit(exitCode: number): void;
}

/** A shell on its PTY, with what it printed last and the windows that show it. */
export class Session {
  readonly id: string;
  readonly pty: Pty;
  readonly startedAt: number;
  readonly #options: SessionOptions;
  readonly #tracker: CommandTracker;
  readonly #scrollback = new Scrollback(SCROLLBACK_CHARS);
  readonly #attachments = new Set<Attachment>();
  #gathered = "";
  #sentAt = -Infinity;
  #cancelGather: (() => void) | undefined;
  #cancelLook: () => void = () => {};
  #isPaused = false;
  #isOver = false;
  #ownTitle = "";
  #programsTitle = "";
  #cwd: string;
  #command: string | undefined;
  #commandEvents = 0;
  #cols: number;
  #rows: number;
  #activeAt: number;
  /** Whether the shell tells its folder itself. */
  #tellsCwd = false;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.id = options.id;
    this.pty = options.pty;
    this.startedAt = options.clock.now();
    this.#activeAt = this.startedAt;
    this.#tracker = new CommandTracker(options.secret);
    this.#cwd = options.cwd;
    this.#cols = options.cols;
    this.#rows = options.rows;
    options.pty.onData((text) => this.#print(text));
    options.pty.onExit(({ exitCode, signal }) => options.onExit(signal > 0 ? 128 + signal : exitCode));
  }

  get view(): TerminalSession {
    return {
      id: this.id,
      title: this.#ownTitle || this.#programsTitle,
      shell: this.#options.shell,
      cwd: this.#cwd,
      startedAt: this.startedAt,
      ...(this.#command === undefined ? {} : { command: this.#command }),
      ...(this.#commandEvents === 0 ? {} : { commandEvents: this.#commandEvents }),
      attached: this.#attachments.size,
    };
  }

  /** ms since 1970 of the last sign of life: somebody there, input or output. */
  get activeAt(): number {
    return this.#attachments.size > 0 ? this.#options.clock.now() : this.#activeAt;
  }

  /**
   * Shows the session in a window that has drawn the output up to `offset`; where that is no longer kept, all that is kept is
   * sent anew.
   */
  attach(attachment: Attachment, offset: number): void {
    // It may have ended during the handshake.
    if (this.#isOver) return attachment.end("closed");
    this.#flush();
    const missed = this.#scrollback.after(offset);
    const isReset = missed === undefined || offset === 0;
    attachment.startAt(missed === undefined ? this.#scrollback.start : offset);
    this.#attachments.add(attachment);
    attachment.send({
      type: "attached",
      session: this.view,
      isReset,
      cols: this.#cols,
      rows: this.#rows,
    });
    attachment.output(missed ?? this.#scrollback.all());
    attachment.send({ type: "replayed", offset: this.#scrollback.offset });
    this.#tellOthers(attachment);
  }

  detach(attachment: Attachment): void {
    this.#activeAt = this.#options.clock.now();
    if (this.#attachments.delete(attachment)) this.#tell();
    this.pace();
  }

  /** Lets the program wait while a window has too much to draw. */
  pace(): void {
    const shouldPause = !this.#isOver && [...this.#attachments].some(({ isBehind }) => isBehind);
    if (shouldPause === this.#isPaused) return;
    this.#isPaused = shouldPause;
    if (shouldPause) this.pty.pause();
    else this.pty.resume();
  }

  /** Types. Throws `rate_limited` where the program reads nothing. */
  write(text: string): void {
    this.#activeAt = this.#options.clock.now();
    if (this.pty.write(text)) return;
    throw new FreshetError("rate_limited", "The program in this terminal reads nothing", { retryAfter: 5 });
  }

  resize(cols: number, rows: number): void {
    if (this.#isOver || (cols === this.#cols && rows === this.#rows)) return;
    this.#cols = cols;
    this.#rows = rows;
    this.pty.resize(cols, rows);
  }

  /** Names it; "" gives it the program's own title back. */
  rename(title: string): void {
    this.#ownTitle = title;
    this.#tell();
  }

  /** Says goodbye to all windows; the processes are ended elsewhere. */
  end(end: TerminalEnd, exitCode?: number): void {
    if (this.#isOver) return;
    this.#flush();
    this.#isOver = true;
    this.#cancelLook();
    for (const attachment of [...this.#attachments]) attachment.end(end, exitCode);
    this.#attachments.clear();
    // What is paused would never notice its own end.
    if (this.#isPaused) this.pty.resume();
  }

  #print(text: string): void {
    if (this.#isOver) return;
    this.#activeAt = this.#options.clock.now();
    this.#gathered += text;
    this.#listen(this.#tracker.push(text));
    if (this.#cancelGather) return;
    const { clock } = this.#options;
    const wait = this.#sentAt + GATHER_MS - clock.now();
    if (wait <= 0) this.#flush();
    else this.#cancelGather = clock.after(Math.min(wait, GATHER_MS), () => this.#flush());
  }

  #flush(): void {
    this.#cancelGather?.();
    this.#cancelGather = undefined;
    if (this.#gathered === "") return;
    const text = this.#gathered;
    this.#gathered = "";
    this.#sentAt = this.#options.clock.now();
    this.#scrollback.add(text);
    for (const attachment of this.#attachments) attachment.output(text);
    if (!this.#tellsCwd) this.#lookForCwd();
  }

  #listen(events: readonly ShellEvent[]): void {
    for (const event of events) {
      if (event.type === "title") this.#programsTitle = event.title;
      else if (event.type === "cwd") {
        this.#cwd = event.path;
        this.#tellsCwd = true;
      } else {
        this.#command = event.type === "command" ? event.command : undefined;
        this.#commandEvents++;
        this.#options.onCommand(event, this.#cwd);
      }
    }
    if (events.length > 0) this.#tell();
  }

  #lookForCwd(): void {
    const { clock, readCwd } = this.#options;
    this.#cancelLook();
    this.#cancelLook = clock.after(LOOK_MS, () => {
      readCwd(this.pty.pid).then((cwd) => {
        if (this.#isOver || cwd === undefined || cwd === this.#cwd) return;
        this.#cwd = cwd;
        this.#tell();
      });
    });
  }

  #tell(): void {
    for (const attachment of this.#attachments) attachment.send({ type: "changed", session: this.view });
  }

  #tellOthers(newcomer: Attachment): void {
    for (const attachment of this.#attachments) {
      if (attachment !== newcomer) attachment.send({ type: "changed", session: this.view });
    }
  }
}
