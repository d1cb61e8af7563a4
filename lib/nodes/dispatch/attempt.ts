import type { ChatDelta, ChatRequest, FreshetError, NodeDecision } from "../../shared/mod.ts";
import type { Clock } from "../../host/mod.ts";
import type { Turn } from "../queue/scheduler.ts";
import type { NodeChosen, Patience } from "./calls.ts";
import type { OpenAttempt } from "./ledger_entry.ts";
import { Differs, type Splice } from "./splice.ts";
import type { WatchedCall } from "./watched_call.ts";

/** What an attempt is made of. */
export interface AttemptOptions {
  clock: Clock;
  patience: Patience;
  turn: Turn;
  request: ChatRequest;
  event: NodeChosen;
  decision: NodeDecision;
  /** Its part of the ledger's row. */
  cost: OpenAttempt;
  watched: WatchedCall;
  /** How many characters of the answer there were before it. */
  begunAt: number;
  /** Whether its usage is that of the whole call; else the caller is told a sum. */
  tellsUsage: boolean;
  /** Joins its text to what other nodes have written. */
  splice: Splice | undefined;
  /** Whether calls of tools are held back until the answer is finished, so that another node can go on before. */
  holdsCalls: boolean;
}

/** One call of one node: what comes of it goes to the caller, the ledger, the log of decisions and what is known of the node. */
export class Attempt {
  readonly turn: Turn;
  readonly request: ChatRequest;
  readonly event: NodeChosen;
  readonly cost: OpenAttempt;
  readonly #options: AttemptOptions;
  readonly #watched: WatchedCall;
  readonly #splice: Splice | undefined;
  #isLoading = false;
  /** Calls of tools, and what came after them. */
  readonly #held: ChatDelta[] = [];
  #finish: ChatDelta | undefined;
  /** Set once what is known of the node has the outcome. */
  #isReported = false;

  constructor(options: AttemptOptions) {
    this.#options = options;
    this.turn = options.turn;
    this.request = options.request;
    this.event = options.event;
    this.cost = options.cost;
    this.#watched = options.watched;
    this.#splice = options.splice;
  }

  /** How many characters of the answer there were before it. */
  get begunAt(): number {
    return this.#options.begunAt;
  }

  /** Aborted when the node has to stop. */
  get signal(): AbortSignal {
    return this.#watched.signal;
  }

  /** What the caller is to be given of a delta; undefined for nothing. Every token comes by here. */
  take(delta: ChatDelta): ChatDelta | undefined {
    if (delta.type === "loading") {
      this.#watched.extend(this.#options.patience.loadingMs, false);
      this.#isLoading = true;
      return delta;
    }
    this.#came(1);
    this.cost.meter.add(delta);
    if (delta.type === "usage" && !this.#options.tellsUsage) return undefined;
    if (this.#options.holdsCalls && (delta.type === "tool_call" || this.#held.length > 0)) {
      this.#held.push(delta);
      return undefined;
    }
    return this.#splice ? this.#spliced(delta, this.#splice) : delta;
  }

  /** Notes events that the caller was given as they came. */
  passed(count: number): void {
    this.#came(count);
    this.cost.meter.addEvents(count);
  }

  /** What is left to be given at the end of the stream. */
  rest(): ChatDelta[] {
    const rest = this.#splice?.end() ?? "";
    const text: ChatDelta[] = rest === "" ? [] : [{ type: "text", text: rest }];
    return [...text, ...this.#held, ...(this.#finish ? [this.#finish] : [])];
  }

  /** The node has answered to the end. */
  complete(): void {
    this.cost.row.outcome = "complete";
    this.#options.decision.outcome = "complete";
    this.#isReported = true;
    this.turn.state.succeed(this.#elapsed());
  }

  /** The node failed, or the caller left. */
  fail(error: FreshetError): void {
    const outcome = error.code === "cancelled" ? "cancelled" : "failed";
    const { decision } = this.#options;
    this.cost.row.outcome = decision.outcome = outcome;
    this.cost.row.error = error.code;
    decision.error = { code: error.code, message: error.message };
    if (outcome === "cancelled") return;
    this.#isReported = true;
    // A node that writes something else is not unwell.
    if (error instanceof Differs) this.turn.state.abstain();
    else this.turn.state.fail(error, this.#elapsed(), this.request.model);
  }

  /** What went wrong: the stall, where it was one. */
  reasonOf(error: unknown): unknown {
    return this.#watched.reasonOf(error);
  }

  /** Ends the request where it still goes on. */
  close(): void {
    this.#watched.close();
    const { decision } = this.#options;
    decision.outcome ??= "cancelled";
    decision.durationMs = this.#elapsed();
    decision.completionTokens = this.cost.usage?.completionTokens ?? 0;
    if (this.#isReported) return;
    this.#isReported = true;
    this.turn.state.abstain();
  }

  #came(count: number): void {
    this.#watched.extend(this.#options.patience.betweenTokensMs, true);
    if (!this.cost.answered) this.#begin();
    this.turn.state.activity.current.deltas += count;
  }

  #begin(): void {
    this.cost.answered = true;
    const ms = this.#elapsed();
    this.cost.row.firstTokenMs = this.#options.decision.firstTokenMs = ms;
    // A model that had to be loaded says nothing of how fast the node is.
    this.turn.state.answered(this.#isLoading ? undefined : ms);
  }

  #spliced(delta: ChatDelta, splice: Splice): ChatDelta | undefined {
    switch (delta.type) {
      case "text": {
        const text = splice.take(delta.text);
        return text === "" ? undefined : { type: "text", text };
      }
      case "finish":
        this.#finish = delta;
        return undefined;
      default:
        return delta;
    }
  }

  #elapsed(): number {
    return this.#options.clock.now() - this.cost.row.startedAt;
  }
}
