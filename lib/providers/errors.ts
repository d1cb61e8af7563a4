import { type ErrorCode, FreshetError } from "../shared/mod.ts";
import { serverName } from "./catalog.ts";
import { errorCodeOf } from "./error_code.ts";
import type { ErrorContext } from "./error_context.ts";
import { addressHint, hintFor } from "./hints.ts";
import type { HttpFailure } from "./http_failure.ts";
import { isRecord } from "./prompt.ts";
import { retryAfterOf } from "./retry_after.ts";
import { parseServerError, type ServerError } from "./server_error.ts";

const MAX_MESSAGE_LENGTH = 500;
const KEY_LIKE = /\b(sk|hf|gsk|xai|pk|rk|AIza)[-_]?[A-Za-z0-9*_-]{12,}/g;

/** The error for a response that is not 2xx, or not the stream that was asked for. */
export function httpError(failure: HttpFailure, context: ErrorContext): FreshetError {
  if (failure.status >= 300 && failure.status < 400) return redirectError(failure, context);
  const error = parseServerError(failure.body);
  if (failure.status < 300 && error.message === "") {
    return protocolError("it is not a stream", context, failure);
  }
  const code = errorCodeOf(failure.status, error);
  return serverError(code, error, context, failure.status, retryAfterOf(failure.headers, error), failure);
}

/** The error for a body that a server sent inside a stream that had begun well. */
export function streamError(body: unknown, context: ErrorContext, cause?: unknown): FreshetError {
  const error = parseServerError(body);
  const code = errorCodeOf(undefined, error);
  return serverError(code, error, context, error.status, retryAfterOf(new Headers(), error), cause);
}

/** The error for a stream that ended before the answer was complete. */
export function cutError(context: ErrorContext, cause?: unknown): FreshetError {
  return new FreshetError("upstream", `${nameAtStart(context)} ended the answer before it was complete`, {
    hint: "Ask again, or continue the answer",
    cause,
  });
}

/** The error for bytes that are not of the protocol. */
export function protocolError(what: string, context: ErrorContext, cause?: unknown): FreshetError {
  const name = serverName(context.kind, context.endpoint.baseUrl);
  return new FreshetError("upstream", `Cannot read the answer of ${name}: ${what}`, {
    hint: addressHint(context),
    cause,
  });
}

/** The error for a request that got no response. */
export function networkError(cause: unknown, context: ErrorContext): FreshetError {
  const name = serverName(context.kind, context.endpoint.baseUrl);
  const text = causes(cause);
  if (/connection closed before message completed|connection reset|broken pipe|unexpected EOF/i.test(text)) {
    return cutError(context, cause);
  }
  const reason = REASONS.find(([pattern]) => pattern.test(text))?.[1] ?? "the connection failed";
  return new FreshetError("unreachable", `Cannot reach ${name}: ${reason}`, {
    hint: hintFor("unreachable", context),
    cause,
  });
}

/** The error for an abort: the reason where it is one of ours, `stalled` for a deadline, else `cancelled`. */
export function abortError(reason: unknown, context: ErrorContext): FreshetError {
  if (reason instanceof FreshetError) return reason;
  if (reason instanceof DOMException && reason.name === "TimeoutError") {
    return new FreshetError("stalled", `${nameAtStart(context)} did not answer in time`, { cause: reason });
  }
  return new FreshetError("cancelled", "The request was cancelled", { cause: reason });
}

/**
 * The error for what a client library threw while it read a response. The libraries wrap errors of the stream in classes of
 * their own, of which only the body matters: `error` for OpenAI and Anthropic, `httpResponse.body` for Hugging Face.
 */
export function readError(cause: unknown, context: ErrorContext): FreshetError {
  if (cause instanceof FreshetError) return cause;
  if (cause instanceof Deno.errors.NotCapable) return permissionError(cause, context);
  if (isRecord(cause)) {
    if (isRecord(cause.error) || typeof cause.error === "string") {
      return streamError({ error: bodyOf(cause.error) }, context, cause);
    }
    if (isRecord(cause.httpResponse) && cause.httpResponse.body) {
      return streamError(cause.httpResponse.body, context, cause);
    }
  }
  if (cause instanceof SyntaxError) return protocolError("it is not JSON", context, cause);
  if (/invalid url/i.test(causes(cause))) return networkError(cause, context);
  if (/error reading a body|connection|unexpected EOF/i.test(causes(cause))) return cutError(context, cause);
  if (cause instanceof TypeError) return protocolError("it lacks what the protocol promises", context, cause);
  return protocolError(messageOf(cause), context, cause);
}

/** The client libraries read the environment, and the one of Anthropic insists on it. */
function permissionError(cause: Error, context: ErrorContext): FreshetError {
  const name = serverName(context.kind, context.endpoint.baseUrl);
  const message =
    `Cannot ask ${name}: Freshet was started without a permission that the client library needs`;
  return new FreshetError("unsupported", message, { hint: cause.message, cause });
}

/** Anthropic's client keeps the whole event, `{ type: "error", error }`, the others its inner part. */
function bodyOf(error: unknown): unknown {
  return isRecord(error) && isRecord(error.error) ? error.error : error;
}

const REASONS: [RegExp, string][] = [
  [/connection refused/i, "nothing answers there"],
  [/dns error|failed to lookup|name or service not known|no such host/i, "its name cannot be found"],
  [/certificate|tls|corrupt message|handshake/i, "the secure connection failed"],
  [/timed? ?out/i, "it does not answer"],
  [/network is unreachable|no route to host|host is unreachable/i, "the network does not lead there"],
  [/requires net access|notcapable/i, "Freshet was started without the permission to connect there"],
  [/invalid url|relative url|url scheme|blocked/i, "the address is not valid"],
];

function serverError(
  code: ErrorCode,
  error: ServerError,
  context: ErrorContext,
  status: number | undefined,
  retryAfter: number | undefined,
  cause: unknown,
): FreshetError {
  const said = redact(error.message, context.endpoint.apiKey);
  const detail = said === "" ? (status === undefined ? "it gave no reason" : `HTTP status ${status}`) : said;
  return new FreshetError(code, `${summary(code, context)}: ${detail}`, {
    hint: hintFor(code, context, status, retryAfter),
    retryAfter: code === "rate_limited" || code === "unavailable" ? retryAfter : undefined,
    cause,
  });
}

function summary(code: ErrorCode, context: ErrorContext): string {
  const { endpoint, model } = context;
  const name = nameAtStart(context);
  switch (code) {
    case "auth":
      return endpoint.apiKey === undefined ? `${name} asks for a key` : `${name} refused the key`;
    case "rate_limited":
      return `${name} limits the requests`;
    case "unavailable":
      return `${name} is busy`;
    case "context_length":
      return `The conversation is too long for ${model ?? "the model"}`;
    case "model_not_found":
      return `${name} has no model ${model ?? "of this name"}`;
    case "unsupported":
      return `${name} cannot do that`;
    case "invalid_request":
      return `${name} rejected the request`;
    case "stalled":
      return `${name} did not answer in time`;
    default:
      return `${name} failed`;
  }
}

function redirectError(failure: HttpFailure, context: ErrorContext): FreshetError {
  const location = URL.parse(failure.headers.get("location") ?? "", context.endpoint.baseUrl);
  return new FreshetError(
    "upstream",
    `${nameAtStart(context)} redirects to ${location?.origin ?? "another address"}`,
    {
      hint: "Enter that address for the node: keys are not sent on to another one",
      cause: failure,
    },
  );
}

/** The message on one line, bounded, without a full stop, and without anything that looks like a key. */
function redact(message: string, apiKey: string | undefined): string {
  let text = message.replaceAll(/\s+/g, " ").trim();
  if (apiKey !== undefined && apiKey !== "") text = text.replaceAll(apiKey, "[key]");
  text = text.replaceAll(KEY_LIKE, "[key]");
  if (text.length > MAX_MESSAGE_LENGTH) text = `${text.slice(0, MAX_MESSAGE_LENGTH)}…`;
  return text.replace(/\.+$/, "");
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.name : "something unknown went wrong";
}

/** The server's name for the beginning of a sentence. */
function nameAtStart({ kind, endpoint }: ErrorContext): string {
  const name = serverName(kind, endpoint.baseUrl);
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** The messages of an error and of all that caused it. */
function causes(error: unknown): string {
  const messages: string[] = [];
  for (let cause = error; cause instanceof Error && messages.length < 8; cause = cause.cause) {
    messages.push(`${cause.name} ${cause.message}`);
  }
  return messages.join("\n");
}
