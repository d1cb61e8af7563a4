import {
  joinContinuations,
  type Message,
  type MessageStatus,
  type RunEvent,
  type RunState,
} from "../shared/mod.ts";
import type { MessageRecord } from "../store/mod.ts";

/** What a message says, as the events that said it. */
export function* written({ text, reasoning, steps = [] }: Message): Generator<RunEvent, void, undefined> {
  if (reasoning) yield { type: "reasoning", text: reasoning };
  for (const { call, result } of steps) {
    yield { type: "tool_call", call };
    if (result) yield { type: "tool_result", callId: call.id, name: call.name, ...result };
  }
  if (text) yield { type: "text", text };
}

/** A message with what its run has made of it. */
export function withState(message: MessageRecord, state: RunState): MessageRecord {
  const { model, nodeId, nodeName, nodeReason, usage, metrics, finishReason, error } = state;
  const status: MessageStatus = state.status === "running" ? "interrupted" : state.status;
  const { error: _, finishReason: _reason, ...rest } = message;
  const next: MessageRecord = { ...rest, status, text: longer(message.text, state.text) };
  const reasoning = longer(message.reasoning ?? "", state.reasoning);
  const steps = longer(message.steps ?? [], state.steps);
  if (reasoning) next.reasoning = reasoning;
  if (steps.length > 0) next.steps = steps;
  const continuations = joinContinuations(message.continuations, state.continuations);
  if (continuations.length > 0) next.continuations = continuations;
  const told = { model, nodeId, nodeName, nodeReason, usage, metrics, finishReason, error };

  return Object.assign(
    next,
    Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined)),
  );
}

/** A run that continues a message begins with what it says; one that ended before it got so far must not shorten it. */
function longer<T extends { length: number }>(before: T, after: T): T {
  return after.length < before.length ? before : after;
}
