import { z } from "zod";
import type { Scope } from "../../access/mod.ts";
import type { Feature } from "../../shared/mod.ts";

/** One operation of the API: what validates its requests, and what the OpenAPI document says of it. */
export interface Operation<Body = unknown, Query = unknown> {
  method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
  /** With parameters in braces, as in OpenAPI. */
  path: string;
  summary: string;
  tag: string;
  scope: Scope;
  /** Answered 404 while this feature is switched off. */
  feature?: Feature;
  /** Whether it asks a model: refused where the caller's budget is spent. So it is where its success is that of a run. */
  asksModel?: boolean;
  body?: z.ZodType<Body>;
  query?: z.ZodType<Query>;
  /** Bytes of the body at most; 4 MB where absent. */
  maxBytes?: number;
  /** The media types of a file that is its body; a form has it as its field `file`. */
  upload?: readonly ("multipart/form-data" | "application/octet-stream" | "application/zip")[];
  /** Status and media type of success; 200 and JSON where absent. */
  success?: { status?: number; mediaType?: string; description?: string };
}

/** Describes an operation, keeping the types of its schemas. */
export function operation<Body = undefined, Query = undefined>(
  description: Operation<Body, Query>,
): Operation<Body, Query> {
  return description;
}

/** An object schema for query parameters. */
export const queryOf = z.object;
