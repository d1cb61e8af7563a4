import type { Context } from "hono";
import { ApiError } from "./errors.ts";

/** The body as JSON. Throws an `ApiError` for anything else. */
export async function readJson(c: Context): Promise<unknown> {
  try {
    return await c.req.json();
  } catch (cause) {
    if (cause instanceof SyntaxError) throw new ApiError(400, "bad_json", "The body is not valid JSON");
    throw cause;
  }
}
