import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import type { ContentfulStatusCode } from "hono/utils/http-status";

/** What is wrong with a part of a request. */
export interface Detail {
  field: string;
  message: string;
}

/** A failure that the client is told about. */
export class ApiError extends Error {
  constructor(
    readonly status: ContentfulStatusCode,
    readonly code: string,
    message: string,
    readonly details: Detail[] = [],
  ) {
    super(message);
    this.name = "ApiError";
  }
}

/** The answer for an id that nothing has. */
export function notFound(what: string): ApiError {
  return new ApiError(404, "not_found", `There is no ${what} with this id`);
}

/** Turns what a route throws into JSON of one shape; what was not expected is logged and not shown. */
export function answerError(error: Error, c: Context): Response {
  if (error instanceof ApiError) {
    const { code, message, details } = error;
    return c.json({ error: { code, message, ...(details.length > 0 ? { details } : {}) } }, error.status);
  }
  if (error instanceof HTTPException) {
    return c.json({ error: { code: "bad_request", message: error.message } }, error.status);
  }
  // #if true
  //: console.error(error);
  // #end
  return c.json({ error: { code: "internal", message: "Something went wrong" } }, 500);
}

/** The answer for a path that nothing serves. */
export function answerNotFound(c: Context): Response {
  return c.json(
    { error: { code: "not_found", message: `Nothing is at ${c.req.method} ${c.req.path}` } },
    404,
  );
}
