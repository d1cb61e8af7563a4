import type { ErrorCode, FreshetError } from "../shared/mod.ts";
import { BudgetError, RateLimitError } from "../access/mod.ts";
import type { OpenAiErrorBody } from "./schemas/error.ts";

/** The codes that clients know by OpenAI's own names. */
const OPENAI_CODES: Partial<Record<ErrorCode, string>> = {
  context_length: "context_length_exceeded",
  unauthorized: "invalid_api_key",
  rate_limited: "rate_limit_exceeded",
};

/** The error in OpenAI's shape; the hint, for which it has no field, follows the message. */
export function toOpenAiError(error: FreshetError): OpenAiErrorBody {
  return {
    error: {
      message: error.hint === undefined ? error.message : `${error.message}. ${error.hint}`,
      type: typeOf(error),
      param: error.field ?? null,
      code: OPENAI_CODES[error.code] ?? error.code,
    },
  };
}

/** The error as a response with the status that fits, and `Retry-After` where it is known. */
export function errorResponse(error: FreshetError, headers: Record<string, string> = {}): Response {
  const response = Response.json(toOpenAiError(error), { status: error.status, headers });
  if (error.retryAfter !== undefined) {
    response.headers.set("retry-after", String(Math.ceil(error.retryAfter)));
  }
  // The official clients would send again what can never be admitted, or not for hours.
  const isFinal = error instanceof RateLimitError && error.retryAfter === undefined;
  if (isFinal || error instanceof BudgetError) response.headers.set("x-should-retry", "false");
  if (error.code === "unauthorized") response.headers.set("www-authenticate", "Bearer");
  return response;
}

/** A limit of ours is named by what it counts, as OpenAI does; one of a node's may be anything. */
function typeOf(error: FreshetError): string {
  if (error instanceof RateLimitError) return error.dimension;
  const { code, status } = error;
  if (code === "unauthorized") return "authentication_error";
  if (code === "forbidden") return "permission_error";
  if (code === "insufficient_quota") return code;
  if (code === "rate_limited") return "rate_limit_error";
  return status < 500 ? "invalid_request_error" : "server_error";
}
