import type { Http1 } from "../http1/mod.ts";
import type { Fetch } from "./call.ts";

/** What may be set on the providers as a whole. */
export interface ProviderOptions {
  /** Used instead of the global `fetch`. */
  fetch?: Fetch;
  /** How http:// addresses are asked where every bit of work counts; by `fetch` where absent. */
  readonly http1?: Pick<Http1, "request"> | undefined;
  /** ms without a token after which Ollama is asked whether it is still loading the model. */
  loadingNoticeMs?: number;
  /** ms between two questions how far a server is with what it does in the background; 1,000 where absent. */
  pollMs?: number;
}
