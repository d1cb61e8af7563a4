import { type ReadonlySignal, signal } from "@preact/signals";
import {
  FreshetError,
  isRunMessage,
  newId,
  SOCKET_CLOSE,
  SOCKET_HEARTBEAT_MS,
  SOCKET_MESSAGE_MAX,
  type SocketMessage,
  socketProtocols,
  type SocketRequest,
} from "../../shared/mod.ts";
import { browserClock, type Clock } from "../clock.ts";
import { Countdown } from "../countdown.ts";
import type { StreamState } from "../event_stream.ts";
import { FollowedRuns } from "./followed_runs.ts";
import { Outbox, type OutboxStorage, type QueuedMessage } from "./outbox.ts";
import { type ClientConnection, type Connect, connectWebSocket } from "./web_socket.ts";

/** What a `ChatSocket` needs. */
export interface ChatSocketOptions {
  /** `ws://HOST/chat` or `wss://HOST/chat`. */
  url: string;
  /** An API key with the scope `chat`, or the token; none where a cookie or the loopback address is enough. */
  secret?: string;
  /** Keeps messages over a reload or a restart. */
  storage?: OutboxStorage;
  /** Everything that the server says, what belongs to runs once and without gaps. */
  onMessage(message: SocketMessage): void;
  /** A message of the outbox was refused for good. */
  onRefused?(message: QueuedMessage, error: FreshetError): void;
  clock?: Clock;
  connect?: Connect;
  /** From 0 to 1; spreads clients that lost the same server. */
  random?: () => number;
}

/** A message as it is written. */
export type NewMessage = Pick<QueuedMessage, "content" | "model" | "chatId">;

const BACK_OFF_SECONDS = [1, 2, 4, 8, 15, 30];
/** A connection from which nothing came for two signs of life is dead. */
const SILENT_MS = 2 * SOCKET_HEARTBEAT_MS + 5_000;
/** So long (ms) an opening connection, or the answer to a ping, may take. */
const ANSWER_MS = 10_000;
/** Messages on their way at once. */
const IN_FLIGHT_MAX = 4;

/**
 * A client of `/chat` that is never told twice and misses nothing: it comes back by itself, takes up the runs where they were,
 * and delivers once what was written while there was no connection.
 */
export class ChatSocket {
  readonly #options: ChatSocketOptions;
  readonly #clock: Clock;
  readonly #outbox: Outbox;
  readonly #state = signal<StreamState>("stopped");
  readonly #countdown: Countdown;
  readonly #runs = new FollowedRuns();
  /** Runs to be stopped as soon as there is a connection. */
  readonly #toCancel = new Set<string>();
  readonly #inFlight = new Set<string>();
  /** When messages that were put off may be sent again, by their ids. */
  readonly #putOff = new Map<string, number>();
  #connection: ClientConnection | undefined;
  #failures = 0;
  #cancelWatch: () => void = () => {};
  #deadAt = 0;
  readonly #timers = new Set<() => void>();

  constructor(options: ChatSocketOptions) {
    this.#options = options;
    this.#clock = options.clock ?? browserClock;
    this.#outbox = new Outbox(options.storage);
    this.#countdown = new Countdown(this.#clock);
  }

  get state(): ReadonlySignal<StreamState> {
    return this.#state;
  }

  /** Until the next try. */
  get secondsLeft(): ReadonlySignal<number> {
    return this.#countdown.secondsLeft;
  }

  /** Messages that the server has not taken yet, oldest first. */
  get queued(): ReadonlySignal<readonly QueuedMessage[]> {
    return this.#outbox.messages;
  }

  /** Connects, and sends what is left from before. */
  start(): void {
    if (this.#state.peek() !== "stopped") return;
    this.#failures = 0;
    this.#connect();
  }

  /** Lets go of the connection; runs go on at the server, and `start` takes them up again. */
  stop(): void {
    this.#countdown.stop();
    this.#disconnect();
    this.#state.value = "stopped";
  }

  /** For when the network came back: tries at once, or looks whether the connection still lives. */
  retryNow(): void {
    if (this.#state.peek() === "waiting") {
      this.#countdown.stop();
      this.#connect();
    } else if (this.#state.peek() === "open") {
      this.#send({ type: "ping" });
      this.#watch(ANSWER_MS);
    }
  }

  /**
   * Writes a message, to be delivered once, now or when there is a connection; returns its id, which comes back in `accepted`.
   * Messages of one chat wait for the answer above them. Throws `invalid_request` or `payload_too_large`.
   */
  send({ content, model, chatId }: NewMessage): string {
    if (content.trim() === "") throw new FreshetError("invalid_request", "The message is empty");
    const message: QueuedMessage = {
      id: newId(this.#clock.now()),
      content,
      ...(model === undefined ? {} : { model }),
      ...(chatId === undefined ? {} : { chatId }),
      timestamp: this.#clock.now(),
    };
    if (JSON.stringify(requestOf(message)).length > SOCKET_MESSAGE_MAX) {
      throw new FreshetError("payload_too_large", "The message is too long");
    }
    this.#outbox.add(message);
    this.#deliver();
    return message.id;
  }

  /** Takes a message back that was not sent yet; false where it is on its way. */
  discard(id: string): boolean {
    if (this.#inFlight.has(id) || !this.#outbox.get(id)) return false;
    this.#outbox.remove(id);
    return true;
  }

  /** Follows a run that was begun elsewhere, from after `seq`. */
  follow(runId: string, seq = 0): void {
    if (this.#runs.has(runId)) return;
    this.#runs.add(runId, { seq });
    this.#send({ type: "resume", runId, seq });
  }

  /** Stops a run; what it wrote stays. Without a connection that is done when there is one. */
  cancel(runId: string): void {
    if (!this.#send({ type: "cancel", runId })) this.#toCancel.add(runId);
  }

  #connect(): void {
    const { url, secret, connect = connectWebSocket } = this.#options;
    this.#state.value = "connecting";
    const isCurrent = () => this.#connection === connection;
    const connection = connect(url, socketProtocols(secret), {
      onOpen: () => isCurrent() && this.#opened(),
      onText: (text) => isCurrent() && this.#receive(text),
      onClose: (code) => isCurrent() && this.#lost(code),
    });
    this.#connection = connection;
    this.#watch(ANSWER_MS);
  }

  #opened(): void {
    this.#state.value = "open";
    this.#watch(SILENT_MS);
    for (const [runId, { seq }] of this.#runs.all()) this.#send({ type: "resume", runId, seq });
    for (const runId of this.#toCancel) this.#send({ type: "cancel", runId });
    this.#toCancel.clear();
    this.#deliver();
  }

  #lost(code?: number): void {
    this.#disconnect();
    if (code === SOCKET_CLOSE.revoked) {
      this.#state.value = "stopped";
      return;
    }
    const { random = Math.random } = this.#options;
    const seconds = BACK_OFF_SECONDS[Math.min(this.#failures, BACK_OFF_SECONDS.length - 1)] ?? 1;
    this.#failures++;
    this.#state.value = "waiting";
    this.#countdown.start(seconds * (0.5 + random()), () => this.#connect());
  }

  #disconnect(): void {
    const connection = this.#connection;
    this.#connection = undefined;
    this.#cancelWatch();
    for (const cancel of this.#timers) cancel();
    this.#timers.clear();
    this.#inFlight.clear();
    this.#putOff.clear();
    connection?.close();
  }

  /** Takes the connection for dead where nothing is heard for `ms` from now on. */
  #watch(ms: number): void {
    this.#deadAt = this.#clock.now() + ms;
    this.#cancelWatch();
    const look = () => {
      const left = this.#deadAt - this.#clock.now();
      if (left <= 0) this.#lost();
      else this.#cancelWatch = this.#clock.after(left, look);
    };
    this.#cancelWatch = this.#clock.after(ms, look);
  }

  #receive(text: string): void {
    this.#deadAt = this.#clock.now() + SILENT_MS;
    this.#failures = 0;
    const connection = this.#connection;
    for (const message of JSON.parse(text) as SocketMessage[]) {
      this.#take(message);
      // A message may end the connection, by itself or by what its listener does.
      if (this.#connection !== connection) return;
    }
  }

  #take(message: SocketMessage): void {
    if (isRunMessage(message)) {
      const verdict = this.#runs.take(message);
      // The server has it all: asked for anew, from what was seen last.
      if (verdict === "gap") return this.#lost();
      if (verdict === "known") return;
    } else if (message.type === "accepted") {
      this.#inFlight.delete(message.id);
      this.#outbox.remove(message.id);
      this.#runs.add(message.runId, { seq: 0, chatId: message.chatId });
    } else if (message.type === "error") this.#fail(message);
    this.#options.onMessage(message);
    this.#deliver();
  }

  #fail({ id, runId, error }: Extract<SocketMessage, { type: "error" }>): void {
    const wait = error.retryAfter;
    const message = id === undefined ? undefined : this.#outbox.get(id);
    if (message) {
      this.#inFlight.delete(message.id);
      if (wait !== undefined) {
        this.#putOff.set(message.id, this.#clock.now() + wait * 1000);
        return this.#later(wait, () => this.#deliver());
      }
      this.#outbox.remove(message.id);
      this.#options.onRefused?.(message, FreshetError.fromBody(error));
    } else if (runId !== undefined && this.#runs.has(runId)) {
      if (wait === undefined) return this.#runs.delete(runId);
      this.#later(wait, () => {
        const run = this.#runs.all().find(([known]) => known === runId)?.[1];
        if (run) this.#send({ type: "resume", runId, seq: run.seq });
      });
    }
  }

  /** Sends what may be sent now, in the order of writing. */
  #deliver(): void {
    if (this.#state.peek() !== "open") return;
    const busy = this.#runs.chatIds();
    for (const message of this.#outbox.messages.peek()) {
      if (this.#inFlight.size >= IN_FLIGHT_MAX) return;
      const { id, chatId } = message;
      const isFree = chatId === undefined || !busy.has(chatId);
      // The next of the same chat comes after this one, whatever becomes of it.
      if (chatId !== undefined) busy.add(chatId);
      if (!isFree || this.#inFlight.has(id) || (this.#putOff.get(id) ?? 0) > this.#clock.now()) continue;
      this.#inFlight.add(id);
      this.#send(requestOf(message));
    }
  }

  /** False where there is no connection. */
  #send(request: SocketRequest): boolean {
    if (this.#state.peek() !== "open") return false;
    this.#connection?.send(JSON.stringify(request));
    return true;
  }

  #later(seconds: number, callback: () => void): void {
    const cancel = this.#clock.after(seconds * 1000, () => {
      this.#timers.delete(cancel);
      callback();
    });
    this.#timers.add(cancel);
  }
}

function requestOf(message: QueuedMessage): SocketRequest {
  return { type: "inference", ...message };
}
