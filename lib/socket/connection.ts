import { FreshetError, SOCKET_CLOSE, type SocketRequest, toFreshetError } from "../shared/mod.ts";
import type { Principal } from "../access/mod.ts";
import type { Clock, Log } from "../host/mod.ts";
import type { Runs } from "../runs/mod.ts";
import type { Audience } from "./audience.ts";
import { FrameWriter } from "./frame_writer.ts";
import type { InferenceRequest, Inferences } from "./inference.ts";
import { RequestBudget } from "./request_budget.ts";
import { followRun } from "./run_follower.ts";
import { parseFrame, readRequest, type RequestSubject, subjectOf } from "./schemas.ts";
import type { SocketPort } from "./socket_port.ts";

/** Runs that one socket follows at most. */
const FOLLOWED_MAX = 100;

/** What a `Connection` needs. */
export interface ConnectionOptions {
  socket: SocketPort;
  principal: Principal;
  runs: Runs;
  inferences: Inferences;
  audience: Audience;
  clock: Clock;
  log: Log;
}

/** One client on `/chat`. Closing it ends nothing but itself: runs go on without anybody who listens. */
export class Connection {
  readonly #options: ConnectionOptions;
  readonly #frames: FrameWriter;
  readonly #budget: RequestBudget;
  readonly #followed = new Map<string, AbortController>();
  /** Requests are carried out in their order. */
  #work: Promise<void> = Promise.resolve();
  #isClosed = false;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#budget = new RequestBudget(options.clock);
    this.#frames = new FrameWriter({
      socket: options.socket,
      clock: options.clock,
      audience: options.audience,
      onTooSlow: () => this.close(SOCKET_CLOSE.tooSlow, "Nothing was read for too long"),
    });
  }

  /** True once it takes and sends nothing any more. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Says that the server is there. */
  beat(): void {
    this.#frames.add({ type: "heartbeat" });
  }

  /** Takes one frame of the client; whatever is wrong with it is answered. */
  receive(data: unknown): void {
    if (this.#isClosed) return;
    const refusal = this.#budget.take(typeof data === "string" ? data.length : 0);
    if (this.#budget.isFlooded) return this.close(SOCKET_CLOSE.flooded, "Too many messages");
    let subject: RequestSubject = {};
    try {
      const value = parseFrame(data);
      subject = subjectOf(value);
      if (refusal) throw refusal;
      const request = readRequest(value);
      if (request.type === "ping") return this.#frames.add({ type: "pong" });
      this.#work = this.#work.then(() => this.#carryOut(request));
    } catch (error) {
      this.#refuse(error, subject);
    }
  }

  /** Sends what is due and says goodbye. */
  close(code: number, reason: string): void {
    if (this.#isClosed) return;
    this.release();
    this.#options.socket.close(code, reason);
  }

  /** Lets go of everything, for a socket that is gone. */
  release(): void {
    this.#isClosed = true;
    this.#frames.close();
    for (const follower of this.#followed.values()) follower.abort();
    this.#followed.clear();
  }

  async #carryOut(request: SocketRequest): Promise<void> {
    if (this.#isClosed) return;
    const { principal, runs } = this.#options;
    try {
      if (request.type === "inference") await this.#answer(request);
      else if (request.type === "resume") await this.#resume(request.runId, request.seq);
      else if (request.type === "cancel") await runs.cancel(principal, request.runId);
    } catch (error) {
      this.#refuse(error, subjectOf(request));
    }
  }

  async #answer(request: InferenceRequest): Promise<void> {
    const { principal, inferences } = this.#options;
    const { id, started: { run, chat, assistant } } = await inferences.start(principal, request);
    const { timestamp } = request;
    this.#frames.add({
      type: "accepted",
      id,
      chatId: chat.id,
      messageId: assistant.id,
      runId: run.id,
      ...(timestamp === undefined ? {} : { timestamp }),
    });
    if (!this.#followed.has(run.id)) this.#follow(run.id, 0);
  }

  async #resume(runId: string, seq: number): Promise<void> {
    const { principal, runs } = this.#options;
    if (this.#followed.has(runId)) {
      throw new FreshetError("conflict", "This socket follows the run already");
    }
    const { subject } = await runs.get(principal, runId);
    if (subject.type !== "chat") {
      throw new FreshetError("invalid_request", "This run makes a version of a project", {
        hint: `Its events are at /api/runs/${runId}/events`,
      });
    }
    this.#follow(runId, seq);
  }

  #follow(runId: string, afterSeq: number): void {
    if (this.#isClosed) return;
    if (this.#followed.size >= FOLLOWED_MAX) {
      return this.#refuse(tooManyRuns(), { runId });
    }
    const { runs, clock, principal, audience } = this.#options;
    const controller = new AbortController();
    this.#followed.set(runId, controller);
    audience.join();
    const { signal } = controller;
    const write = this.#frames.write.bind(this.#frames);
    followRun({ runs, clock, principal, runId, afterSeq, signal, write })
      .catch((error) => this.#refuse(error, { runId }))
      .finally(() => {
        audience.leave();
        this.#followed.delete(runId);
      });
  }

  #refuse(thrown: unknown, subject: RequestSubject): void {
    if (this.#isClosed) return;
    const error = toFreshetError(thrown);
    if (error.code === "internal") {
      this.#options.log.error("A message could not be handled", { error: thrown });
    }
    this.#frames.add({ type: "error", error: error.toBody(), ...subject });
  }
}

function tooManyRuns(): FreshetError {
  return new FreshetError("rate_limited", `One socket follows ${FOLLOWED_MAX} runs at most`, {
    retryAfter: 1,
  });
}
