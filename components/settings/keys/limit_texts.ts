import { formatCount } from "../../../lib/client/format.ts";
import type { RateLimits } from "../../../lib/shared/mod.ts";
import type { Translate } from "../../../lib/shared/texts/mod.ts";

/** Each limit in words; none where nothing is limited. */
export function limitTexts(
  { requestsPerMinute = 0, tokensPerMinute = 0 }: RateLimits,
  t: Translate,
  language: string,
): string[] {
  const texts: string[] = [];
  if (requestsPerMinute > 0) {
    const key = requestsPerMinute === 1 ? "keys.limit.request" : "keys.limit.requests";
    texts.push(t(key, { count: formatCount(requestsPerMinute, language) }));
  }
  if (tokensPerMinute > 0) {
    const key = tokensPerMinute === 1 ? "keys.limit.token" : "keys.limit.tokens";
    texts.push(t(key, { count: formatCount(tokensPerMinute, language) }));
  }
  return texts;
}
