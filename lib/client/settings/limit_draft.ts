import type { ApiKeyView, RateLimits } from "../../shared/mod.ts";

/** Limits as they are typed: empty for none. */
export interface LimitDraft {
  requestsPerMinute: string;
  tokensPerMinute: string;
}

/** What a form begins with. */
export function limitDraft({ requestsPerMinute, tokensPerMinute }: Partial<ApiKeyView> = {}): LimitDraft {
  return {
    requestsPerMinute: requestsPerMinute ? String(requestsPerMinute) : "",
    tokensPerMinute: tokensPerMinute ? String(tokensPerMinute) : "",
  };
}

/** What is sent of it; an empty field takes the limit away. The browser sees to it that they are whole numbers. */
export function limitsOfDraft({ requestsPerMinute, tokensPerMinute }: LimitDraft): Required<RateLimits> {
  return { requestsPerMinute: Number(requestsPerMinute), tokensPerMinute: Number(tokensPerMinute) };
}
