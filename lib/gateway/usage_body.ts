import type { Usage } from "../shared/mod.ts";
import type { UsageBody } from "./schemas/chat_response.ts";

/** The tokens of a completion as sent, in both spellings. */
export function toUsageBody(usage: Usage): UsageBody {
  const { promptTokens, completionTokens, totalTokens, cachedTokens, reasoningTokens, estimated } = usage;
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: totalTokens,
    ...(cachedTokens === undefined ? {} : { prompt_tokens_details: { cached_tokens: cachedTokens } }),
    ...(reasoningTokens === undefined
      ? {}
      : { completion_tokens_details: { reasoning_tokens: reasoningTokens } }),
    promptTokens,
    completionTokens,
    totalTokens,
    ...(estimated ? { estimated } : {}),
  };
}
