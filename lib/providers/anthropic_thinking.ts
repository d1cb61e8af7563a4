import type { OutputConfig, ThinkingConfigParam } from "@anthropic-ai/sdk/resources/messages";
import type { ChatRequest, ReasoningEffort } from "../shared/mod.ts";
import { claudeVersion } from "./claude_version.ts";

/** What to ask of a model's thinking. */
export interface Thinking {
  thinking: ThinkingConfigParam | undefined;
  effort: OutputConfig["effort"];
}

const BUDGETS: Record<Exclude<ReasoningEffort, "off">, number> = { low: 2048, medium: 8192, high: 24_576 };
const SMALLEST_BUDGET = 1024;
const FIRST_ADAPTIVE = 4.6;
const NOTHING: Thinking = { thinking: undefined, effort: undefined };

/**
 * The thinking that fits the effort asked for. Claude 4.6 and later think adaptively, by an effort; those before, and servers
 * that follow the older API, by a budget of tokens, which counts towards `max_tokens`
 * (https://platform.claude.com/docs/en/build-with-claude/thinking-troubleshooting).
 */
export function thinkingFor(request: ChatRequest, maxTokens: number): Thinking {
  const { reasoning, model } = request;
  if (reasoning === undefined) return NOTHING;
  if (isAdaptive(model)) return adaptive(reasoning, model, request);
  const version = claudeVersion(model);
  if (reasoning === "off" || (version !== undefined && version < 3.7)) return NOTHING;
  // An answer that is gone on with has done its thinking.
  if (request.continues || isToolForced(request) || continuesToolCalls(request)) return NOTHING;
  const budget = Math.min(BUDGETS[reasoning], maxTokens - SMALLEST_BUDGET);
  if (budget < SMALLEST_BUDGET) return NOTHING;
  return { thinking: { type: "enabled", budget_tokens: budget }, effort: undefined };
}

function adaptive(reasoning: ReasoningEffort, model: string, request: ChatRequest): Thinking {
  if (reasoning === "off") {
    // Fable and Mythos always think, and refuse to be told otherwise.
    return /fable|mythos/i.test(model)
      ? { thinking: undefined, effort: "low" }
      : { thinking: { type: "disabled" }, effort: undefined };
  }
  if (isToolForced(request)) return { thinking: undefined, effort: reasoning };
  return { thinking: { type: "adaptive", display: "summarized" }, effort: reasoning };
}

function isAdaptive(model: string): boolean {
  return (claudeVersion(model) ?? 0) >= FIRST_ADAPTIVE || /mythos-preview/i.test(model);
}

/** The API refuses thinking together with a tool that must be called. */
function isToolForced({ tools, toolChoice }: ChatRequest): boolean {
  return Boolean(tools?.length) && (toolChoice === "required" || typeof toolChoice === "object");
}

/**
 * With a budget, the turn that called tools must begin with its signed thinking, which the canonical messages do not carry:
 * the rest of such a turn goes without.
 */
function continuesToolCalls({ messages }: ChatRequest): boolean {
  return messages.at(-1)?.role === "tool";
}
