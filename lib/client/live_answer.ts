import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import {
  type BranchMessage,
  type Continuation,
  estimateTokens,
  initialRunState,
  joinContinuations,
  type MessageStatus,
  reduceAnswer,
  type RunState,
  type SequencedEvent,
} from "../shared/mod.ts";
import { AnswerText } from "./answer_text.ts";
import type { Clock } from "./clock.ts";
import { GrowingText } from "./growing_text.ts";
import { SmoothText } from "./smooth_text.ts";

/** Tokens of growing text are counted in pieces of this length (characters), each once. */
const COUNT_PIECE = 400;

/** What a `LiveAnswer` needs. */
export interface LiveAnswerOptions {
  runId: string;
  /** The message that the run writes. A continued one already has text, which its run begins with. */
  message: BranchMessage;
  /** What the run has written so far. */
  state?: RunState;
  clock: Clock;
  /** Whether text is to be smoothed. */
  smooth: () => boolean;
}

/** An answer while it is written: the state of its run, by the one reducer, and its text as it is shown. */
export class LiveAnswer {
  readonly runId: string;
  readonly message: BranchMessage;
  readonly text: AnswerText;
  readonly reasoning: GrowingText;
  readonly #state: Signal<RunState>;
  readonly #smooth: SmoothText;
  readonly #tokens = signal(0);
  #uncounted = "";
  /** Characters of the run's text that have been handed on to be shown. */
  readonly #shown: { text: number; reasoning: number };

  readonly activity: ReadonlySignal<RunState["activity"]>;
  readonly steps: ReadonlySignal<RunState["steps"]>;
  readonly status: ReadonlySignal<RunState["status"]>;
  /** What the server counted so far. */
  readonly usage: ReadonlySignal<RunState["usage"]>;
  /** Where other nodes went on. */
  readonly continuations: ReadonlySignal<readonly Continuation[] | undefined>;
  /** Which model and node answer, as soon as that is known. */
  readonly origin: ReadonlySignal<string>;
  readonly hasText: ReadonlySignal<boolean>;
  readonly hasReasoning: ReadonlySignal<boolean>;

  constructor({ runId, message, state = initialRunState(), clock, smooth }: LiveAnswerOptions) {
    this.runId = runId;
    this.message = message;
    const text = longer(message.text, state.text);
    const reasoning = longer(message.reasoning ?? "", state.reasoning);
    this.text = new AnswerText(clock, text);
    this.reasoning = new GrowingText(reasoning);
    this.#shown = { text: text.length, reasoning: reasoning.length };
    this.#smooth = new SmoothText(clock, (text) => this.text.push(text), smooth);
    this.#state = signal(state);
    this.activity = computed(() => this.state.value.activity);
    this.steps = computed(() => this.state.value.steps);
    this.status = computed(() => this.state.value.status);
    this.usage = computed(() => this.state.value.usage);
    this.continuations = computed(() => this.state.value.continuations);
    this.origin = computed(() => `${this.state.value.model ?? ""} ${this.state.value.nodeName ?? ""}`);
    this.hasText = computed(() => text !== "" || this.state.value.text !== "");
    this.hasReasoning = computed(() => reasoning !== "" || this.state.value.reasoning !== "");
    this.#count(text + reasoning);
  }

  get state(): ReadonlySignal<RunState> {
    return this.#state;
  }

  /** Completion tokens so far, estimated. */
  get tokens(): ReadonlySignal<number> {
    return this.#tokens;
  }

  /** Takes the next event; throws a `RangeError` where one before it is missing. */
  apply(sequenced: SequencedEvent): void {
    const before = this.state.peek();
    const after = reduceAnswer(before, sequenced);
    if (after === before) return;
    this.#state.value = after;
    const { event } = sequenced;
    if (event.type === "text") this.#showText(event.text, after.text.length);
    if (event.type === "reasoning") this.#showReasoning(event.text, after.reasoning.length);
  }

  /** Takes a whole state that covers more than ours. */
  catchUp(state: RunState): void {
    const before = this.state.peek();
    if (state.seq <= before.seq) return;
    this.#state.value = state;
    this.#showText(state.text.slice(before.text.length), state.text.length);
    this.#showReasoning(state.reasoning.slice(before.reasoning.length), state.reasoning.length);
  }

  /** Shows what is still held back, closes the text and hands over the message as it ended. */
  finish(onShown: (message: BranchMessage) => void): void {
    this.#smooth.whenShown(() => {
      this.text.finish();
      onShown(finishedMessage(this.message, this.state.peek()));
    });
  }

  /** Shows nothing more: what the server holds takes over. */
  drop(): void {
    this.#smooth.flush();
  }

  /** Shows the part of `text` that is new: with it the run's text is `length` characters long. */
  #showText(text: string, length: number): void {
    const fresh = length - this.#shown.text;
    if (fresh <= 0) return;
    this.#shown.text = length;
    this.#smooth.push(text.slice(-fresh));
    this.#count(text.slice(-fresh));
  }

  #showReasoning(text: string, length: number): void {
    const fresh = length - this.#shown.reasoning;
    if (fresh <= 0) return;
    this.#shown.reasoning = length;
    this.reasoning.append(text.slice(-fresh));
    this.#count(text.slice(-fresh));
  }

  #count(text: string): void {
    this.#uncounted += text;
    if (this.#uncounted.length < COUNT_PIECE) return;
    this.#tokens.value += estimateTokens(this.#uncounted);
    this.#uncounted = "";
  }
}

/** The message with what its run has written. */
function finishedMessage(message: BranchMessage, state: RunState): BranchMessage {
  const { seq: _, text, reasoning, steps, status, activity: __, ...told } = state;
  const { error: ___, finishReason: ____, ...kept } = message;
  const finished: BranchMessage = {
    ...kept,
    ...told,
    status: messageStatus(status),
    text: longer(message.text, text),
  };
  if (reasoning !== "") finished.reasoning = longer(message.reasoning ?? "", reasoning);
  if (steps.length > 0) finished.steps = steps;
  if (state.continuations) {
    finished.continuations = joinContinuations(message.continuations, state.continuations);
  }
  return finished;
}

/** A continued message has its old text until its run has written that again. */
function longer(a: string, b: string): string {
  return b.length >= a.length ? b : a;
}

function messageStatus(status: RunState["status"]): MessageStatus {
  return status === "running" ? "streaming" : status;
}
