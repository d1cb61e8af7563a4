import { type ErrorCode, speaksOpenAI } from "../shared/mod.ts";
import { HOSTED_SERVICES } from "./catalog.ts";
import type { ErrorContext } from "./error_context.ts";

/** What the person can do about an error of a model server; undefined where there is nothing to say. */
export function hintFor(
  code: ErrorCode,
  context: ErrorContext,
  status?: number,
  retryAfter?: number,
): string | undefined {
  const ollama = context.kind === "ollama";
  switch (code) {
    case "unreachable":
      if (isHosted(context)) return "Check the connection to the internet";
      return `${
        ollama ? "Start it with `ollama serve`" : "Start the server"
      }, or check its address in Settings`;
    case "auth":
      if (status === 402) return "Check the credit of the account at the service";
      return context.endpoint.apiKey === undefined ? "Add a key in Settings" : "Check the key in Settings";
    case "rate_limited":
    case "unavailable":
      if (retryAfter === undefined) return "Try again in a moment, or choose another node";
      return `Try again in ${retryAfter} s, or choose another node`;
    case "context_length":
      return ollama
        ? "Raise the context length in the settings, or start a new chat"
        : "Start a new chat, or choose a model with a longer context";
    case "model_not_found":
      return ollama && context.model !== undefined
        ? `Fetch it with \`ollama pull ${context.model}\``
        : "Choose another model";
    case "unsupported":
      return "Choose a model that can";
    case "upstream":
      return status === 200 || status === 404 || status === 405 ? addressHint(context) : undefined;
    default:
      return undefined;
  }
}

/** For servers that answer, but not in the protocol. */
export function addressHint({ kind }: ErrorContext): string {
  return speaksOpenAI(kind)
    ? "Check the node's address: most servers want it with /v1 at the end"
    : "Check that the node's address is of a server of this kind";
}

function isHosted({ endpoint }: ErrorContext): boolean {
  const host = URL.parse(endpoint.baseUrl)?.host;
  return HOSTED_SERVICES.some((service) => URL.parse(service.baseUrl)?.host === host);
}
