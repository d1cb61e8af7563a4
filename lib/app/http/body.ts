import type { z } from "zod";
import { FreshetError } from "../../shared/mod.ts";

/** Bytes of a JSON body where an operation says nothing else. */
const JSON_MAX_BYTES = 4 * 1024 * 1024;

/**
 * The bytes of a request's body, never more than `maxBytes`: the declared length is looked at first, what really comes is
 * counted. Throws `payload_too_large`.
 */
export async function readBytes(request: Request, maxBytes: number): Promise<Uint8Array> {
  const tooLarge = () => {
    return new FreshetError(
      "payload_too_large",
      `The body is larger than ${Math.floor(maxBytes / 1024 / 1024)} MB`,
    );
  };
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) throw tooLarge();
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of request.body ?? []) {
    size += part.length;
    if (size > maxBytes) throw tooLarge();
    parts.push(part);
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** A request's JSON body in the schema's shape. Throws `invalid_request`, `unsupported_media` or `payload_too_large`. */
export async function readJson<T>(
  request: Request,
  schema: z.ZodType<T>,
  maxBytes = JSON_MAX_BYTES,
): Promise<T> {
  const mediaType = request.headers.get("content-type") ?? "application/json";
  if (!/^application\/(json|.+\+json)\b/i.test(mediaType)) {
    throw new FreshetError("unsupported_media", `The body has to be application/json, not ${mediaType}`);
  }
  return validate(schema, parseJson(new TextDecoder().decode(await readBytes(request, maxBytes))));
}

/** The value in the schema's shape. Throws `invalid_request` that names the first field that is wrong. */
export function validate<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const field = issue?.path.map(String).join(".");
  throw new FreshetError(
    "invalid_request",
    `${field ? `${field}: ` : ""}${issue?.message ?? "The request is not valid"}`,
    {
      field: field || undefined,
    },
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const why = cause instanceof SyntaxError ? cause.message : "";
    throw new FreshetError("invalid_request", `Cannot parse the body as JSON: ${why}`, { cause });
  }
}
