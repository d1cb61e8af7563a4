import { type ReadonlySignal, signal } from "@preact/signals";
import { FreshetError, type ServerSentEvent, SseParser } from "../shared/mod.ts";
import type { Clock } from "./clock.ts";
import { Countdown } from "./countdown.ts";

/** Where a stream of events stands; `waiting` counts down to the next try. */
export type StreamState = "stopped" | "connecting" | "open" | "waiting";

/** What an `EventStream` needs. */
export interface EventStreamOptions {
  /** Opens the stream; called again with the id of the last event after a break. Rejects with a `FreshetError`. */
  open(lastEventId: string | undefined, signal: AbortSignal): Promise<Response>;
  onEvent(event: ServerSentEvent): void;
  /** Called whenever the stream is open: what happened before that was missed. */
  onOpen?(): void;
  /** Called when the server refuses for good (4xx); the stream is stopped. */
  onRefused?(error: FreshetError): void;
  /** Called after each failed try with how many there were in a row; true ends the stream. */
  onFailure?(failures: number): boolean;
  clock: Clock;
}

const BACK_OFF_SECONDS = [2, 4, 8, 15, 30];
/** The server sends a comment every few seconds, so a stream silent for this long is dead. */
const STALL_MS = 60_000;

/** Server-sent events over fetch that come back by themselves: from the last event, with a growing pause that can be shown. */
export class EventStream {
  readonly #state = signal<StreamState>("stopped");
  readonly #countdown: Countdown;
  readonly #options: EventStreamOptions;
  #abort: AbortController | undefined;
  #lastEventId: string | undefined;
  #failures = 0;

  constructor(options: EventStreamOptions) {
    this.#options = options;
    this.#countdown = new Countdown(options.clock);
  }

  get state(): ReadonlySignal<StreamState> {
    return this.#state;
  }

  /** Until the next try. */
  get secondsLeft(): ReadonlySignal<number> {
    return this.#countdown.secondsLeft;
  }

  /** Starts from `lastEventId` where given, else where it was stopped. */
  start(lastEventId?: string): void {
    if (this.#state.value !== "stopped") return;
    if (lastEventId !== undefined) this.#lastEventId = lastEventId;
    this.#failures = 0;
    this.#connect();
  }

  stop(): void {
    this.#countdown.stop();
    this.#abort?.abort();
    this.#abort = undefined;
    this.#state.value = "stopped";
  }

  /** Tries at once instead of when the countdown ends. */
  retryNow(): void {
    if (this.#state.value !== "waiting") return;
    this.#countdown.stop();
    this.#connect();
  }

  async #connect(): Promise<void> {
    const abort = new AbortController();
    this.#abort = abort;
    this.#state.value = "connecting";
    try {
      const response = await this.#options.open(this.#lastEventId, abort.signal);
      if (abort.signal.aborted) return;
      this.#state.value = "open";
      this.#options.onOpen?.();
      await this.#read(response, abort);
    } catch (error) {
      if (this.#abort !== abort) return;
      if (isRefusal(error)) {
        this.stop();
        this.#options.onRefused?.(error);
        return;
      }
    }
    if (this.#abort === abort) this.#wait();
  }

  async #read(response: Response, abort: AbortController): Promise<void> {
    const reader = response.body?.getReader();
    if (!reader) return;
    const parser = new SseParser();
    for (;;) {
      const cancelStall = this.#options.clock.after(STALL_MS, () => reader.cancel());
      const { done, value } = await reader.read().finally(cancelStall);
      if (done || abort.signal.aborted) return;
      this.#failures = 0;
      for (const event of parser.push(value)) {
        if (event.id !== undefined) this.#lastEventId = event.id;
        this.#options.onEvent(event);
        if (abort.signal.aborted) return;
      }
    }
  }

  #wait(): void {
    this.#failures++;
    if (this.#options.onFailure?.(this.#failures)) return this.stop();
    const seconds = BACK_OFF_SECONDS[Math.min(this.#failures, BACK_OFF_SECONDS.length) - 1] ?? 30;
    this.#state.value = "waiting";
    this.#countdown.start(seconds, () => this.#connect());
  }
}

/** A 4xx says that trying again is of no use; but for "too many requests". */
function isRefusal(error: unknown): error is FreshetError {
  return error instanceof FreshetError && error.status < 500 && error.code !== "rate_limited";
}
