import type { BenchmarkParameters, BenchmarkPrompt, ChatRequest } from "../../shared/mod.ts";

/** What a model is asked for a prompt. */
export function requestOf(
  model: string,
  { text, system }: BenchmarkPrompt,
  parameters?: Pick<BenchmarkParameters, "temperature" | "maxTokens" | "seed">,
): ChatRequest {
  const request: ChatRequest = {
    model,
    messages: [
      ...(system ? [{ role: "system" as const, content: [{ type: "text" as const, text: system }] }] : []),
      { role: "user", content: [{ type: "text", text }] },
    ],
  };
  if (!parameters) return request;
  const { temperature, maxTokens, seed } = parameters;
  return { ...request, temperature, maxTokens, ...(seed === null ? {} : { seed }) };
}
