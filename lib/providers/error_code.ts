import type { ErrorCode } from "../shared/mod.ts";
import type { ServerError } from "./server_error.ts";

/** The names that servers give to errors, and what they mean here. */
const CODES_BY_NAME = new Map<string, ErrorCode>([
  ["context_length_exceeded", "context_length"],
  ["exceed_context_size_error", "context_length"],
  ["model_not_found", "model_not_found"],
  ["rate_limit_error", "rate_limited"],
  ["rate_limit_exceeded", "rate_limited"],
  ["resource_exhausted", "rate_limited"],
  ["overloaded_error", "unavailable"],
  ["unavailable_error", "unavailable"],
  ["unavailable", "unavailable"],
  ["authentication_error", "auth"],
  ["permission_error", "auth"],
  ["permission_denied", "auth"],
  ["invalid_api_key", "auth"],
  ["billing_error", "auth"],
  ["insufficient_quota", "auth"],
  ["invalid_request_error", "invalid_request"],
  ["badrequesterror", "invalid_request"],
  ["invalid_argument", "invalid_request"],
]);

/** Too long a prompt, in the words of OpenAI, vLLM, llama.cpp, LM Studio, Ollama, Anthropic, Mistral, Gemini and Hugging Face's TGI. */
const CONTEXT_LENGTH = new RegExp(
  [
    "maximum context length",
    "maximum model length",
    "(exceeds?|exceeded|larger than|longer than|greater than) (the )?(available |maximum |max |model'?s? )?(input )?context",
    "context (length|size|window)( is| was)? (exceeded|too small)",
    "(prompt|input)( is)? too (long|large)",
    "loaded with context length of only",
    "input token count .* exceeds the maximum",
    "`?inputs`?( tokens?)? .*must (be|have) (<=|less)",
  ].join("|"),
  "i",
);

const MODEL_NOT_FOUND =
  /\bmodel\b.*(not found|does not exist|doesn't exist|not exist|not available|isn't available)|(unknown|no such|invalid|non-existent) model|^model: |no models? loaded|inference provider information for model|not a valid model/i;
/** Hugging Face, which answers 401 for a model that does not exist. */
const REPOSITORY_NOT_FOUND = /repository not found/i;
const ABOUT_THE_REQUEST = new Set([400, 404, 422]);
const WRONG_KEY =
  /api[ _-]?key (is )?(not valid|invalid|expired|missing)|invalid api[ _-]?key|no cookie auth/i;
const UNSUPPORTED =
  /does not support (tools?|images?|vision|thinking|chat|generate|embeddings?|image input|function calling)|no endpoints found that support/i;
const OUT_OF_CREDIT = /credit balance is too low|exceeded your (current|monthly).*(quota|credits)/i;

/** What went wrong, by the status of the response (absent inside a stream), the server's names for it, and its words. */
export function errorCodeOf(status: number | undefined, error: ServerError): ErrorCode {
  const code = status ?? error.status;
  const text = error.message;
  if (CONTEXT_LENGTH.test(text)) return "context_length";
  if (WRONG_KEY.test(text) || OUT_OF_CREDIT.test(text)) return "auth";
  if (REPOSITORY_NOT_FOUND.test(text)) return "model_not_found";
  if (ABOUT_THE_REQUEST.has(code ?? 400) && MODEL_NOT_FOUND.test(text)) return "model_not_found";
  if (UNSUPPORTED.test(text)) return "unsupported";
  const named = error.names.flatMap((name) => CODES_BY_NAME.get(name) ?? []);
  // Servers call all that goes wrong a wrong request: the status says more than that name.
  const specific = named.find((name) => name !== "invalid_request");
  return specific ?? (code === undefined ? named[0] : undefined) ?? codeOfStatus(code);
}

function codeOfStatus(status: number | undefined): ErrorCode {
  switch (status) {
    case undefined:
      return "upstream";
    case 401:
    case 402:
    case 403:
    case 407:
      return "auth";
    case 404:
    case 405:
      // The path is wrong, not the model: another node may still answer.
      return "upstream";
    case 408:
      return "stalled";
    case 409:
      // The model is being changed or loaded there.
      return "unavailable";
    case 429:
      return "rate_limited";
    case 501:
      return "unsupported";
    case 503:
    case 529:
      return "unavailable";
    default:
      return status >= 400 && status < 500 ? "invalid_request" : "upstream";
  }
}
