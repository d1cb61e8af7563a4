import type { Price } from "../../shared/mod.ts";

/** The day that the prices below are of. */
export const SHIPPED_ON = "2025-10-01";

/** $ for a million tokens: prompt, answer, and prompt from the service's cache. */
type Listed = readonly [model: string, input: number, output: number, cachedInput?: number];

/** List prices of well-known hosted models, without discounts for batches or surcharges for long prompts. */
const LISTED: readonly Listed[] = [
  // OpenAI
  ["gpt-5*", 1.25, 10, 0.125],
  ["gpt-5-mini*", 0.25, 2, 0.025],
  ["gpt-5-nano*", 0.05, 0.4, 0.005],
  ["gpt-5-pro*", 15, 120],
  ["gpt-4.1*", 2, 8, 0.5],
  ["gpt-4.1-mini*", 0.4, 1.6, 0.1],
  ["gpt-4.1-nano*", 0.1, 0.4, 0.025],
  ["gpt-4o*", 2.5, 10, 1.25],
  ["gpt-4o-2024-05-13", 5, 15],
  ["gpt-4o-mini*", 0.15, 0.6, 0.075],
  ["gpt-4-turbo*", 10, 30],
  ["gpt-4", 30, 60],
  ["gpt-3.5-turbo*", 0.5, 1.5],
  ["o1*", 15, 60, 7.5],
  ["o1-mini*", 1.1, 4.4, 0.55],
  ["o3*", 2, 8, 0.5],
  ["o3-mini*", 1.1, 4.4, 0.55],
  ["o3-pro*", 20, 80],
  ["o4-mini*", 1.1, 4.4, 0.275],
  ["text-embedding-3-small", 0.02, 0],
  ["text-embedding-3-large", 0.13, 0],
  ["text-embedding-ada-002", 0.1, 0],
  // Anthropic
  ["claude-opus-4*", 15, 75, 1.5],
  ["claude-sonnet-4*", 3, 15, 0.3],
  ["claude-haiku-4*", 1, 5, 0.1],
  ["claude-3-7-sonnet*", 3, 15, 0.3],
  ["claude-3-5-sonnet*", 3, 15, 0.3],
  ["claude-3-5-haiku*", 0.8, 4, 0.08],
  ["claude-3-opus*", 15, 75, 1.5],
  ["claude-3-haiku*", 0.25, 1.25, 0.03],
  // Google
  ["gemini-2.5-pro*", 1.25, 10, 0.31],
  ["gemini-2.5-flash*", 0.3, 2.5, 0.075],
  ["gemini-2.5-flash-lite*", 0.1, 0.4, 0.025],
  ["gemini-2.0-flash*", 0.1, 0.4, 0.025],
  ["gemini-2.0-flash-lite*", 0.075, 0.3],
  ["gemini-embedding-001", 0.15, 0],
  // Mistral
  ["mistral-large*", 2, 6],
  ["mistral-medium*", 0.4, 2],
  ["mistral-small*", 0.1, 0.3],
  ["codestral*", 0.3, 0.9],
  ["mistral-embed", 0.1, 0],
  // DeepSeek
  ["deepseek-chat", 0.28, 0.42, 0.028],
  ["deepseek-reasoner", 0.28, 0.42, 0.028],
  // xAI
  ["grok-4*", 3, 15, 0.75],
  ["grok-4-fast*", 0.2, 0.5, 0.05],
  ["grok-3*", 3, 15, 0.75],
  ["grok-3-mini*", 0.3, 0.5, 0.075],
  // Cohere
  ["command-a*", 2.5, 10],
  ["command-r-plus*", 2.5, 10],
  ["command-r*", 0.15, 0.6],
];

/** The prices that Freshet comes with. */
export const SHIPPED_PRICES: readonly Price[] = LISTED.map(([model, input, output, cachedInput]) => ({
  model,
  input: nanoOf(input),
  output: nanoOf(output),
  ...(cachedInput === undefined ? {} : { cachedInput: nanoOf(cachedInput) }),
}));

/** Nano-dollars a token out of dollars for a million. */
function nanoOf(dollars: number): number {
  return Math.round(dollars * 1_000);
}
