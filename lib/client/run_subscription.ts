import type { ReadonlySignal } from "@preact/signals";
import {
  eventId,
  type RunEvent,
  type RunSnapshot,
  seqOfEventId,
  type SequencedEvent,
  type ServerSentEvent,
} from "../shared/mod.ts";
import type { ChatApi } from "./chat_api.ts";
import type { Clock } from "./clock.ts";
import { EventStream, type StreamState } from "./event_stream.ts";

/** What a `RunSubscription` needs. */
export interface RunSubscriptionOptions {
  runId: string;
  api: ChatApi;
  clock: Clock;
  onEvent(event: SequencedEvent): void;
  /** Where streams do not get through, the whole state comes by polling. */
  onSnapshot(snapshot: RunSnapshot): void;
  /** The server knows the run no more: its message has been committed long ago. */
  onGone(): void;
}

/** After so many broken streams in a row, polling is tried instead. */
const FAILURES_BEFORE_POLLING = 3;
const POLL_MS = 1000;

/** Follows a run to its end: by its events, resumed after a break where it stood, or by polling where streams do not work. */
export class RunSubscription {
  readonly #options: RunSubscriptionOptions;
  readonly #stream: EventStream;
  #cancelPoll: (() => void) | undefined;
  #polling = false;
  #closed = false;

  constructor(options: RunSubscriptionOptions) {
    this.#options = options;
    this.#stream = new EventStream({
      clock: options.clock,
      open: (lastEventId, signal) =>
        options.api.client.request(`/api/runs/${options.runId}/events`, {
          headers: { accept: "text/event-stream", ...(lastEventId ? { "last-event-id": lastEventId } : {}) },
        }, { signal }),
      onEvent: (event) => this.#receive(event),
      onRefused: () => this.#gone(),
      onFailure: (failures) => this.#fallBack(failures),
    });
  }

  get state(): ReadonlySignal<StreamState> {
    return this.#stream.state;
  }

  get secondsLeft(): ReadonlySignal<number> {
    return this.#stream.secondsLeft;
  }

  /** Follows from after `seq`. */
  start(seq: number): void {
    if (this.#closed || this.#polling) return;
    this.#stream.start(seq > 0 ? eventId(this.#options.runId, seq) : undefined);
  }

  /** Lets go for now (a hidden page keeps no connection); `start` takes up again. */
  pause(): void {
    this.#stream.stop();
    this.#stopPolling();
  }

  retryNow(): void {
    this.#stream.retryNow();
  }

  close(): void {
    this.#closed = true;
    this.pause();
  }

  #receive(event: ServerSentEvent): void {
    const seq = seqOfEventId(this.#options.runId, event.id);
    if (seq === 0 || event.data === undefined) return;
    const runEvent = JSON.parse(event.data) as RunEvent;
    if (runEvent.type === "end") this.close();
    this.#options.onEvent({ seq, event: runEvent });
  }

  #gone(): void {
    this.close();
    this.#options.onGone();
  }

  #fallBack(failures: number): boolean {
    if (failures < FAILURES_BEFORE_POLLING) return false;
    this.#polling = true;
    this.#poll();
    return true;
  }

  async #poll(): Promise<void> {
    const { api, runId, clock } = this.#options;
    try {
      const snapshot = await api.run(runId);
      if (!this.#polling) return;
      if (snapshot.run.status !== "running") this.close();
      this.#options.onSnapshot(snapshot);
      if (!this.#closed) this.#cancelPoll = clock.after(POLL_MS, () => this.#poll());
    } catch {
      // Polling fails too, so the server is away: back to the stream, whose countdown is shown.
      if (!this.#polling) return;
      this.#stopPolling();
      this.#stream.start();
    }
  }

  #stopPolling(): void {
    this.#polling = false;
    this.#cancelPoll?.();
    this.#cancelPoll = undefined;
  }
}
