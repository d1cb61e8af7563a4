import {
  type BenchmarkPrompt,
  type BenchmarkResult,
  type ChatRequest,
  toFreshetError,
} from "../../shared/mod.ts";
import type { Clock } from "../../host/mod.ts";
import type { Principal } from "../../access/mod.ts";
import type { Dispatcher } from "../../nodes/mod.ts";
import { isCorrect } from "../graders/grade.ts";

/** Characters of an answer that are kept. */
export const ANSWER_MAX_CHARS = 2_000;
/** Characters of an answer that are judged: no grader needs more, and no model may fill the memory. */
const JUDGED_MAX_CHARS = 100_000;

/** What a call is made with. */
export interface CallOptions {
  dispatcher: Pick<Dispatcher, "dispatch">;
  clock: Clock;
  principal: Principal;
  benchmarkId: string;
  request: ChatRequest;
  prompt: BenchmarkPrompt;
  nodeId?: string | undefined;
  signal: AbortSignal;
}

/** What a call came to, but for its place in the plan. */
export type CallFigures = Omit<BenchmarkResult, "target" | "prompt" | "repetition">;

/**
 * Makes one call by `dispatch`, as everything does, and measures it from when a node was asked. A call that fails is a result
 * too; null where it was stopped by `signal`. The call keeps to the node that began the answer: what two wrote is no measure.
 */
export async function measuredCall(options: CallOptions): Promise<CallFigures | null> {
  const { dispatcher, clock, principal, benchmarkId, request, nodeId, signal, prompt } = options;
  const at = clock.now();
  let askedAt: number | undefined;
  let firstAt: number | undefined;
  let text = "";
  let length = 0;
  const figures: CallFigures = {
    at,
    nodeName: "",
    waitedMs: 0,
    firstTokenMs: null,
    durationMs: 0,
    promptTokens: 0,
    completionTokens: 0,
    isEstimated: false,
    tokensPerSecond: null,
    answer: "",
    isCorrect: null,
  };
  try {
    const source = { type: "benchmark", benchmarkId } as const;
    const events = dispatcher.dispatch({ principal, request, source, signal, nodeId, goesOn: false });
    for await (const event of events) {
      switch (event.type) {
        case "node":
          askedAt ??= clock.now();
          figures.nodeName = event.nodeName;
          break;
        case "text":
          firstAt ??= clock.now();
          length += event.text.length;
          if (text.length < JUDGED_MAX_CHARS) text += event.text;
          break;
        case "reasoning":
        case "tool_call":
          firstAt ??= clock.now();
          break;
        case "usage":
          figures.promptTokens = event.usage.promptTokens;
          figures.completionTokens = event.usage.completionTokens;
          figures.isEstimated = event.usage.estimated;
          break;
        case "finish":
          figures.finishReason = event.reason;
      }
    }
  } catch (cause) {
    if (signal.aborted) return null;
    figures.error = toFreshetError(cause).toBody();
  }
  if (signal.aborted) return null;
  const endedAt = clock.now();
  const beganAt = askedAt ?? endedAt;
  figures.waitedMs = beganAt - at;
  figures.durationMs = endedAt - beganAt;
  if (firstAt !== undefined) {
    figures.firstTokenMs = firstAt - beganAt;
    figures.tokensPerSecond = speedOf(figures.completionTokens, endedAt - firstAt);
  }
  figures.answer = text.slice(0, ANSWER_MAX_CHARS);
  if (length > ANSWER_MAX_CHARS) figures.isCut = true;
  if (prompt.grader && !figures.error) figures.isCorrect = isCorrect(prompt.grader, text);
  return figures;
}

/** Tokens a second from the first token to the end; null where that was too soon to measure. The first one took no time of it. */
export function speedOf(tokens: number, ms: number): number | null {
  return tokens > 1 && ms > 0 ? (tokens - 1) * 1_000 / ms : null;
}
