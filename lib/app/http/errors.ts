import { FreshetError, toFreshetError } from "../../shared/mod.ts";
import type { Log } from "../../host/mod.ts";

/** The response of an error in the one shape; what was not foreseen goes to the log and not outside. */
export function errorResponse(thrown: unknown, log: Log): Response {
  const error = toFreshetError(thrown);
  if (error.code === "internal") log.error("A request failed", { error: thrown });
  const headers: HeadersInit = error.retryAfter === undefined
    ? {}
    : { "retry-after": String(Math.ceil(error.retryAfter)) };
  return Response.json({ error: error.toBody() }, { status: error.status, headers });
}

/** What an unknown path of the API is answered with. */
export function unknownPath(path: string): FreshetError {
  return new FreshetError("not_found", `There is nothing at ${path}`, {
    hint: "See /api/openapi.json for what there is",
  });
}
