import {
  type ChatDelta,
  type ChatRequest,
  type FinishReason,
  FreshetError,
  type Usage,
} from "../../shared/mod.ts";
import type { Answer } from "./compose.ts";
import { type Delay, untilAborted } from "./delay.ts";
import { countTokens, tokenize } from "./tokens.ts";

/** Without a pace, other work gets its turn after so many tokens. */
const TOKENS_WITHOUT_PAUSE = 256;
/** A step of loading takes as long as so many tokens. */
const LOADING_STEP_TOKENS = 20;

/** What an answer is streamed with. */
export interface PerformanceOptions {
  request: ChatRequest;
  answer: Answer;
  promptTokens: number;
  delay: Delay;
  signal: AbortSignal;
}

/** Streams an answer token by token, in the way the directives ask for. */
export async function* perform(options: PerformanceOptions): AsyncGenerator<ChatDelta, void> {
  const { directives } = options.answer;
  const { deltas, reasoningTokens, finish } = script(options);
  yield* load(options);
  let sent = 0;
  for (const delta of deltas) {
    await interrupt(options, sent);
    if (sent === directives.cutAfter) return;
    await pause(options, sent);
    yield delta;
    sent++;
  }
  // An answer that is shorter than the directive counts still ends as it asks.
  await interrupt(options, Infinity);
  if (directives.cutAfter !== undefined) return;
  yield { type: "finish", reason: finish };
  yield { type: "usage", usage: usageOf(options.promptTokens, sent, reasoningTokens) };
}

/** The deltas of an answer, one for a token, within the limits of the request. */
function script({ request, answer }: PerformanceOptions) {
  const { directives } = answer;
  const thought = directives.think && request.reasoning !== "off" ? tokenize(directives.think) : [];
  const said = tokenize(cutAtStop(answer.text, request.stop ?? []));
  const all: ChatDelta[] = [
    ...thought.map((text): ChatDelta => ({ type: "reasoning", text })),
    ...said.map((text): ChatDelta => ({ type: "text", text })),
    ...toolCallDeltas(request, answer),
  ];
  const deltas = all.slice(0, request.maxTokens ?? all.length);
  const whole: FinishReason = answer.toolCalls.length > 0 ? "tool_calls" : "stop";
  const finish: FinishReason = deltas.length < all.length ? "length" : whole;
  return { deltas, reasoningTokens: Math.min(thought.length, deltas.length), finish };
}

function cutAtStop(text: string, stops: readonly string[]): string {
  const ends = stops.filter(Boolean).map((stop) => text.indexOf(stop)).filter((at) => at >= 0);
  return text.slice(0, Math.min(text.length, ...ends));
}

function toolCallDeltas({ messages }: ChatRequest, { toolCalls }: Answer): ChatDelta[] {
  // Ids are unique in the conversation and still the same for the same request.
  const earlier = messages.reduce((count, message) => count + (message.toolCalls?.length ?? 0), 0);
  return toolCalls.flatMap(({ name, arguments: text }, index): ChatDelta[] => {
    const [first = "", ...rest] = tokenize(text);
    const id = `call_${earlier + index + 1}`;
    return [
      { type: "tool_call", index, id, name, arguments: first },
      ...rest.map((fragment): ChatDelta => ({ type: "tool_call", index, arguments: fragment })),
    ];
  });
}

async function* load(
  { answer: { directives }, delay, signal }: PerformanceOptions,
): AsyncGenerator<ChatDelta, void> {
  const steps = directives.loadingSteps;
  for (let step = 1; step <= steps; step++) {
    yield { type: "loading", message: "Loading Sketch", progress: step / steps };
    await delay(directives.paceMs * LOADING_STEP_TOKENS, signal);
  }
}

async function interrupt(
  { answer: { directives }, signal }: PerformanceOptions,
  sent: number,
): Promise<void> {
  signal.throwIfAborted();
  const { error, stallAfter } = directives;
  if (error && sent >= error.after) throw scriptedError(error.code);
  if (stallAfter !== undefined && sent >= stallAfter) await untilAborted(signal);
}

async function pause(
  { answer: { directives }, delay, signal }: PerformanceOptions,
  sent: number,
): Promise<void> {
  const { burst, paceMs } = directives;
  if (paceMs > 0 && sent % burst === 0) await delay(paceMs * burst, signal);
  else if (sent % TOKENS_WITHOUT_PAUSE === TOKENS_WITHOUT_PAUSE - 1) await delay(0, signal);
}

function scriptedError(code: FreshetError["code"]): FreshetError {
  return new FreshetError(code, `Sketch was asked to fail with ${code}`, {
    hint: "Take /error out of the message",
    retryAfter: code === "rate_limited" ? 1 : undefined,
  });
}

function usageOf(promptTokens: number, completionTokens: number, reasoningTokens: number): Usage {
  return {
    promptTokens,
    completionTokens,
    totalTokens: promptTokens + completionTokens,
    ...(reasoningTokens > 0 ? { reasoningTokens } : {}),
    estimated: true,
  };
}

/** The tokens of a prompt: everything in it that is text. */
export function countPromptTokens({ messages, tools = [] }: ChatRequest): number {
  const texts = messages.flatMap(({ content, toolCalls = [] }) => [
    ...content.map((part) => part.type === "text" ? part.text : ""),
    ...toolCalls.map((call) => call.arguments),
  ]);
  return [...texts, ...tools.map((tool) => JSON.stringify(tool))].reduce(
    (sum, text) => sum + countTokens(text),
    0,
  );
}
