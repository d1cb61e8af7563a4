import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { ProjectProcess, ServerSentEvent } from "../../../shared/mod.ts";
import type { Clock } from "../../clock.ts";
import { EventStream, type StreamState } from "../../event_stream.ts";

/** Older lines go. */
const MOST = 1000;

/** How a process ended; `reason` is for a person. */
export type ProcessExit = NonNullable<ProjectProcess["exit"]>;

/** What a process wrote. */
export interface LogLine {
  seq: number;
  stream: "stdout" | "stderr";
  text: string;
  /** ms since 1970. */
  at: number;
}

/** What a `ProcessLog` needs. */
export interface ProcessLogOptions {
  open(lastEventId: string | undefined, signal: AbortSignal): Promise<Response>;
  clock: Clock;
  /** The process ended. */
  onExit(exit: ProcessExit): void;
}

/** What a process writes, as it writes it. */
export class ProcessLog {
  readonly #lines: Signal<readonly LogLine[]> = signal([]);
  readonly #dropped = signal(false);
  readonly #stream: EventStream;
  readonly #options: ProcessLogOptions;
  #lastSeq = -Infinity;
  #isOver = false;
  #arrived: LogLine[] = [];
  #cancelFrame: (() => void) | undefined;

  constructor(options: ProcessLogOptions) {
    this.#options = options;
    this.#stream = new EventStream({
      open: options.open,
      clock: options.clock,
      onEvent: (event) => this.#take(event),
    });
  }

  /** Oldest first. */
  get lines(): ReadonlySignal<readonly LogLine[]> {
    return this.#lines;
  }

  /** Whether there were more lines than are kept. */
  get dropped(): ReadonlySignal<boolean> {
    return this.#dropped;
  }

  get state(): ReadonlySignal<StreamState> {
    return this.#stream.state;
  }

  /** Listens, from where it was stopped; a process that ended has nothing more to say. */
  start(): void {
    if (!this.#isOver) this.#stream.start();
  }

  stop(): void {
    this.#cancelFrame?.();
    this.#cancelFrame = undefined;
    this.#flush();
    this.#stream.stop();
  }

  clear(): void {
    this.#lines.value = [];
    this.#dropped.value = false;
  }

  #take({ event, data }: ServerSentEvent): void {
    if (event === "log") {
      const line = JSON.parse(data ?? "null") as LogLine;
      // A server that does not know the last event sends everything again.
      if (line.seq <= this.#lastSeq) return;
      this.#lastSeq = line.seq;
      this.#arrived.push(line);
      this.#cancelFrame ??= this.#options.clock.frame(() => this.#flush());
    } else if (event === "exit") {
      this.#isOver = true;
      this.stop();
      this.#options.onExit(JSON.parse(data ?? "null") as ProcessExit);
    }
  }

  /** Lines are shown once a frame, however fast they come. */
  #flush(): void {
    this.#cancelFrame = undefined;
    if (this.#arrived.length === 0) return;
    const lines = [...this.#lines.peek(), ...this.#arrived];
    this.#arrived = [];
    if (lines.length > MOST) this.#dropped.value = true;
    this.#lines.value = lines.slice(-MOST);
  }
}
