import type { ErrorBody } from "./errors.ts";
import type { AnswerMetrics, FinishReason, Outcome, ToolCall, Usage } from "./generation.ts";
import type { VersionEvent, VersionProgress } from "./studio_events.ts";

/** What a run is for: the message of a chat, or the version of a project. */
export type RunSubject =
  | { type: "chat"; chatId: string; messageId: string }
  | { type: "project"; projectId: string; versionId: string };

/** What a run for one kind of subject writes. */
export type SubjectOf<Type extends RunSubject["type"]> = Extract<RunSubject, { type: Type }>;

/** Where a run stands: `running` until its terminal event. */
export type RunStatus = "running" | Outcome;

/** The record of a run as clients see it. */
export interface RunInfo {
  id: string;
  subject: RunSubject;
  status: RunStatus;
  /** ms since 1970. */
  startedAt: number;
  endedAt?: number;
}

/** What a run waits for. */
export interface RunActivity {
  status: "queued" | "loading";
  /** In words, where the server has any. */
  message: string;
  /** From 0 to 1. */
  progress?: number;
  /** In the queue; 1 is next. */
  position?: number;
  /** How many wait in all. */
  waiting?: number;
  /** ms that the wait in the queue is expected to take. */
  expectedMs?: number;
}

/** Where another node went on with an answer. */
export interface Continuation {
  nodeName: string;
  /** How many characters of the text stood there already. */
  at: number;
}

/** One event of a run's log. `end` is the terminal event and comes last, once. */
export type RunEvent =
  | { type: "start"; model: string; startedAt: number }
  | { type: "node"; nodeId: string; nodeName: string; model: string; reason?: string; isContinued?: true }
  | RunActivity & { type: "status" }
  | { type: "text"; text: string }
  | { type: "reasoning"; text: string }
  | { type: "tool_call"; call: ToolCall }
  | { type: "tool_result"; callId: string; name: string; content: string; isError: boolean }
  | { type: "usage"; usage: Usage }
  | VersionEvent
  | {
    type: "end";
    outcome: Outcome;
    finishReason?: FinishReason;
    error?: ErrorBody;
    metrics?: AnswerMetrics;
  };

/** An event with its place in the run's log; `seq` counts from 1 without gaps. */
export interface SequencedEvent {
  seq: number;
  event: RunEvent;
}

/** A step that the model took with a tool, as shown in the message. */
export interface ToolStep {
  call: ToolCall;
  result?: { content: string; isError: boolean };
}

/** What a run has written so far: the same for live, resumed and reloaded runs. `seq` is the last event it covers. */
export interface RunState {
  seq: number;
  text: string;
  reasoning: string;
  steps: ToolStep[];
  status: RunStatus;
  activity?: RunActivity;
  model?: string;
  nodeId?: string;
  nodeName?: string;
  nodeReason?: string;
  /** Where other nodes went on with the answer, in their order. */
  continuations?: Continuation[];
  usage?: Usage;
  finishReason?: FinishReason;
  error?: ErrorBody;
  metrics?: AnswerMetrics;
  /** Of a run that makes a version. */
  version?: VersionProgress;
}

/** Where other nodes went on with an answer of several runs: what stood there before comes first. */
export function joinContinuations(
  before: readonly Continuation[] = [],
  after: readonly Continuation[] = [],
): Continuation[] {
  const isNew = ({ nodeName, at }: Continuation) =>
    !before.some((old) => old.nodeName === nodeName && old.at === at);
  return [...before, ...after.filter(isNew)];
}

/** The state before the first event. */
export function initialRunState(): RunState {
  return { seq: 0, text: "", reasoning: "", steps: [], status: "running" };
}

/** Applies an event that only runs of one kind of subject have. */
export type ReduceOther = (state: RunState, event: VersionEvent) => RunState;

/**
 * The reducer of what all runs have, which is all that an answer in a chat needs: a page of chats does not load what makes
 * versions. Events at or before `state.seq` are skipped, so replays are harmless; a gap throws, since text would be missing.
 */
export function reduceAnswer(
  state: RunState,
  { seq, event }: SequencedEvent,
  reduceOther: ReduceOther = (state) => state,
): RunState {
  if (seq <= state.seq) return state;
  if (seq !== state.seq + 1) {
    throw new RangeError(`Cannot apply event ${seq} after ${state.seq}: events are missing`);
  }
  return { ...applyEvent(state, event, reduceOther), seq };
}

function applyEvent(state: RunState, event: RunEvent, reduceOther: ReduceOther): RunState {
  switch (event.type) {
    case "start":
      return { ...state, model: event.model };
    case "node": {
      const next: RunState = { ...state, nodeId: event.nodeId, nodeName: event.nodeName, model: event.model };
      if (event.reason !== undefined) next.nodeReason = event.reason;
      if (event.isContinued) {
        const continuation = { nodeName: event.nodeName, at: state.text.length };
        next.continuations = [...state.continuations ?? [], continuation];
      }
      return next;
    }
    case "status": {
      const { type: _, ...activity } = event;
      return { ...state, activity };
    }
    case "text":
      return { ...withoutActivity(state), text: state.text + event.text };
    case "reasoning":
      return { ...withoutActivity(state), reasoning: state.reasoning + event.text };
    case "tool_call":
      return { ...withoutActivity(state), steps: [...state.steps, { call: event.call }] };
    case "tool_result":
      return { ...state, steps: state.steps.map((step) => withResult(step, event)) };
    case "usage":
      return { ...state, usage: addUsage(state.usage, event.usage) };
    case "end": {
      const next: RunState = { ...withoutActivity(state), status: event.outcome };
      if (event.finishReason !== undefined) next.finishReason = event.finishReason;
      if (event.error !== undefined) next.error = event.error;
      if (event.metrics !== undefined) next.metrics = event.metrics;
      return next;
    }
    default:
      return reduceOther(state, event);
  }
}

/** The state once something has come, after which nothing is waited for. */
export function withoutActivity(state: RunState): RunState {
  if (!state.activity) return state;
  const { activity: _, ...rest } = state;
  return rest;
}

function withResult(step: ToolStep, event: { callId: string; content: string; isError: boolean }): ToolStep {
  if (step.call.id !== event.callId || step.result) return step;
  return { ...step, result: { content: event.content, isError: event.isError } };
}

/** The usage of several calls that make one answer: prompt tokens are of the last call, completion tokens add up. */
function addUsage(sum: Usage | undefined, usage: Usage): Usage {
  if (!sum) return usage;
  const completionTokens = sum.completionTokens + usage.completionTokens;
  return {
    ...usage,
    completionTokens,
    totalTokens: usage.promptTokens + completionTokens,
    estimated: sum.estimated || usage.estimated,
  };
}

/** The id of an event on the wire (`runId.seq`). */
export function eventId(runId: string, seq: number): string {
  return `${runId}.${seq}`;
}

/** The `seq` out of a `Last-Event-ID`; 0 where it is absent, malformed or of another run. */
export function seqOfEventId(runId: string, id: string | null | undefined): number {
  if (!id || !id.startsWith(`${runId}.`)) return 0;
  const seq = Number(id.slice(runId.length + 1));
  return Number.isSafeInteger(seq) && seq > 0 ? seq : 0;
}
