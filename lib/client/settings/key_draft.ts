import type { ApiKeyOptions, ApiKeyView } from "../../shared/mod.ts";

/** What may be chosen for a key, as a form holds it: a limit is what was typed, empty for none. */
export interface KeyDraft {
  requestsPerMinute: string;
  tokensPerMinute: string;
  continuesAnswers: boolean;
}

/** What a form begins with. */
export function keyDraft(
  { requestsPerMinute, tokensPerMinute, continuesAnswers = false }: Partial<ApiKeyView> = {},
): KeyDraft {
  return {
    requestsPerMinute: requestsPerMinute ? String(requestsPerMinute) : "",
    tokensPerMinute: tokensPerMinute ? String(tokensPerMinute) : "",
    continuesAnswers,
  };
}

/** What is sent of it; an empty field takes the limit away. The browser sees to it that they are whole numbers. */
export function optionsOfDraft(
  { requestsPerMinute, tokensPerMinute, continuesAnswers }: KeyDraft,
): Required<ApiKeyOptions> {
  return {
    requestsPerMinute: Number(requestsPerMinute),
    tokensPerMinute: Number(tokensPerMinute),
    continuesAnswers,
  };
}
