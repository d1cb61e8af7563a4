/** Every stable error code, with the HTTP status that fits it. */
export const ERROR_STATUS = {
  invalid_request: 400,
  context_length: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  model_not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  payload_too_large: 413,
  unsupported_media: 415,
  rate_limited: 429,
  insufficient_quota: 429,
  cancelled: 499,
  internal: 500,
  unsupported: 501,
  auth: 502,
  upstream: 502,
  unreachable: 502,
  unavailable: 503,
  stalled: 504,
  storage: 507,
} as const;

/** A stable, machine-readable name of what went wrong. `auth` is a node refusing our key, `unauthorized` a caller without one. */
export type ErrorCode = keyof typeof ERROR_STATUS;

/** Optional parts of a `FreshetError`. */
export interface ErrorDetails {
  /** What the person can do about it, one sentence. */
  hint?: string | undefined;
  /** Seconds to wait before trying again. */
  retryAfter?: number | undefined;
  /** The field of the input that is wrong, as a dotted path. */
  field?: string | undefined;
  /** What caused it; for the log, never sent. */
  cause?: unknown;
}

/** The one JSON shape of an error, inside `{ error: … }`. */
export interface ErrorBody {
  code: ErrorCode;
  message: string;
  hint?: string;
  retryAfter?: number;
  field?: string;
}

/** An error whose message is meant for a person and may leave the server. */
export class FreshetError extends Error {
  override readonly name = "FreshetError";
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly retryAfter: number | undefined;
  readonly field: string | undefined;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.hint = details.hint;
    this.retryAfter = details.retryAfter;
    this.field = details.field;
  }

  /** The HTTP status that fits the code. */
  get status(): number {
    return ERROR_STATUS[this.code];
  }

  /** The shape that is sent and stored. */
  toBody(): ErrorBody {
    const body: ErrorBody = { code: this.code, message: this.message };
    if (this.hint !== undefined) body.hint = this.hint;
    if (this.retryAfter !== undefined) body.retryAfter = this.retryAfter;
    if (this.field !== undefined) body.field = this.field;
    return body;
  }

  /** Restores an error from its stored or received shape. */
  static fromBody(body: ErrorBody): FreshetError {
    return new FreshetError(body.code, body.message, body);
  }
}

/**
 * The error as one that may leave the server: a `FreshetError` stays, an abort becomes `cancelled`, anything else becomes
 * `internal` with the original as its cause and none of its text.
 */
export function toFreshetError(error: unknown): FreshetError {
  if (error instanceof FreshetError) return error;
  if (error instanceof DOMException && error.name === "AbortError") {
    return new FreshetError("cancelled", "The request was cancelled", { cause: error });
  }
  return new FreshetError("internal", "Something went wrong on the server", {
    hint: "The server's log has the details",
    cause: error,
  });
}

/** True for a value of the shape that `toBody` makes. */
export function isErrorBody(value: unknown): value is ErrorBody {
  if (typeof value !== "object" || value === null) return false;
  const { code, message } = value as { code?: unknown; message?: unknown };
  return typeof code === "string" && Object.hasOwn(ERROR_STATUS, code) && typeof message === "string";
}
