import type { Fetch } from "./call.ts";

/** What may be set on the providers as a whole. */
export interface ProviderOptions {
  /** Used instead of the global `fetch`. */
  fetch?: Fetch;
  /** ms without a token after which Ollama is asked whether it is still loading the model. */
  loadingNoticeMs?: number;
}
