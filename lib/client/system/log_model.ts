import { batch, type ReadonlySignal, signal } from "@preact/signals";
import type { DebugState, LogFilter, LogLine, LogView, ServerSentEvent } from "../../shared/mod.ts";
import type { Clock } from "../clock.ts";
import { EventStream } from "../event_stream.ts";
import type { SystemApi } from "./system_api.ts";

/** More lines would make the page slow; the others are in the download. */
const SHOWN_MAX = 500;
/** A pause (ms) in typing after which the log is asked. */
const TYPING_MS = 250;

/** What a `LogModel` begins with. */
export interface LogModelOptions {
  view: LogView;
  filter: LogFilter;
  api: Pick<SystemApi, "logs" | "logEvents" | "setDebug">;
  clock: Clock;
  onError(error: unknown): void;
}

/** The log on the page: its latest lines, what of them is shown, and whether it says more. */
export class LogModel {
  readonly stream: EventStream;
  readonly #options: LogModelOptions;
  readonly #lines = signal<readonly LogLine[]>([]);
  readonly #filter = signal<LogFilter>({});
  readonly #parts = signal<readonly string[]>([]);
  readonly #debug = signal<DebugState>({ on: false, until: null });
  readonly #missed = signal(0);
  readonly #isPaused = signal(false);
  #held: LogLine[] = [];
  #cancelTyping: (() => void) | undefined;
  #asked = 0;
  #isAwake = false;
  #place: string;

  constructor(options: LogModelOptions) {
    this.#options = options;
    this.#filter.value = options.filter;
    this.#place = options.view.place;
    this.#take(options.view);
    this.stream = new EventStream({
      clock: options.clock,
      open: (place, signal) => options.api.logEvents(this.#filter.peek(), place ?? this.#place, signal),
      onEvent: (event) => this.#receive(event),
    });
  }

  /** Oldest first. */
  get lines(): ReadonlySignal<readonly LogLine[]> {
    return this.#lines;
  }

  get filter(): ReadonlySignal<LogFilter> {
    return this.#filter;
  }

  get parts(): ReadonlySignal<readonly string[]> {
    return this.#parts;
  }

  get debug(): ReadonlySignal<DebugState> {
    return this.#debug;
  }

  /** Lines that were gone before they could be shown. */
  get missed(): ReadonlySignal<number> {
    return this.#missed;
  }

  /** Whether new lines wait until somebody has read those that are there. */
  get isPaused(): ReadonlySignal<boolean> {
    return this.#isPaused;
  }

  /** Follows the log while the page is awake. */
  listen(awake: boolean): void {
    this.#isAwake = awake;
    if (awake) this.stream.start();
    else this.stream.stop();
  }

  /** Shows other lines; while somebody types, after a pause. */
  setFilter(changes: LogFilter, isTyping = false): void {
    this.#filter.value = { ...this.#filter.peek(), ...changes };
    this.#cancelTyping?.();
    this.#cancelTyping = this.#options.clock.after(isTyping ? TYPING_MS : 0, () => {
      this.#reload().catch(this.#options.onError);
    });
  }

  pause(): void {
    this.#isPaused.value = !this.#isPaused.peek();
    if (!this.#isPaused.peek()) this.#show(this.#held.splice(0));
  }

  /** Takes the lines off the page; they stay in the log. */
  clear(): void {
    this.#held = [];
    this.#lines.value = [];
    this.#missed.value = 0;
  }

  /** Logs requests and responses for so many minutes; 0 ends that. */
  async setDebug(minutes: number): Promise<void> {
    this.#debug.value = await this.#options.api.setDebug(minutes);
  }

  async #reload(): Promise<void> {
    const asked = ++this.#asked;
    const view = await this.#options.api.logs(this.#filter.peek());
    if (asked !== this.#asked) return;
    this.#take(view);
    this.stream.stop();
    if (this.#isAwake) this.stream.start(view.place);
  }

  #take({ lines, parts, debug, place }: LogView): void {
    batch(() => {
      this.#place = place;
      this.#held = [];
      this.#lines.value = lines.slice(-SHOWN_MAX);
      this.#parts.value = parts;
      this.#debug.value = debug;
      this.#missed.value = 0;
    });
  }

  #receive({ event, data }: ServerSentEvent): void {
    if (!data) return;
    if (event === "debug") this.#debug.value = JSON.parse(data) as DebugState;
    if (event === "missed") this.#missed.value += (JSON.parse(data) as { count: number }).count;
    if (event !== "lines") return;
    const lines = JSON.parse(data) as LogLine[];
    if (this.#isPaused.peek()) this.#held = [...this.#held, ...lines].slice(-SHOWN_MAX);
    else this.#show(lines);
  }

  #show(lines: readonly LogLine[]): void {
    batch(() => {
      this.#lines.value = [...this.#lines.peek(), ...lines].slice(-SHOWN_MAX);
      const parts = new Set([...this.#parts.peek(), ...lines.map(({ part }) => part)]);
      if (parts.size > this.#parts.peek().length) this.#parts.value = [...parts].sort();
    });
  }
}
