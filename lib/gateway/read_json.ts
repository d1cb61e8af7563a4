import { FreshetError } from "../shared/mod.ts";

const utf8 = new TextDecoder("utf-8", { fatal: true });

/**
 * The JSON of a request's body. A body of `maxBytes` or more is refused by its `Content-Length` before any of it is read, or
 * else as soon as so much has come. Throws `payload_too_large`, `unsupported_media`, `invalid_request`, `cancelled`.
 */
export async function readJson(request: Request, maxBytes: number): Promise<unknown> {
  checkMediaType(request.headers);
  const length = request.headers.get("content-length");
  if (Number(length ?? 0) >= maxBytes) throw tooLarge(maxBytes);
  const text = await readText(request, maxBytes, length !== null);
  if (text.trim() === "") throw new FreshetError("invalid_request", "Cannot parse the body: it is empty");
  try {
    return JSON.parse(text);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new FreshetError("invalid_request", `Cannot parse the body as JSON: ${why}`, { cause });
  }
}

async function readText(request: Request, maxBytes: number, isBounded: boolean): Promise<string> {
  try {
    // The server reads no more of a body than its declared length, and all at once in a third of the time.
    if (isBounded) return decoded(await request.bytes(), maxBytes);
    return await readChunks(request.body, maxBytes);
  } catch (cause) {
    if (cause instanceof FreshetError) throw cause;
    if (request.signal.aborted) throw new FreshetError("cancelled", "The client left", { cause });
    throw new FreshetError("invalid_request", "Cannot read the body: it broke off or is not UTF-8", {
      cause,
    });
  }
}

function decoded(bytes: Uint8Array, maxBytes: number): string {
  if (bytes.length >= maxBytes) throw tooLarge(maxBytes);
  return utf8.decode(bytes);
}

async function readChunks(body: ReadableStream<Uint8Array> | null, maxBytes: number): Promise<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let text = "";
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength;
    if (bytes >= maxBytes) throw tooLarge(maxBytes);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function checkMediaType(headers: Headers): void {
  const type = headers.get("content-type");
  if (type !== null && !/^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i.test(type)) {
    throw new FreshetError("unsupported_media", `The body has to be application/json, not ${type}`);
  }
  const encoding = headers.get("content-encoding");
  if (encoding !== null && encoding !== "identity") {
    throw new FreshetError("unsupported_media", `The body may not be compressed (${encoding})`);
  }
}

function tooLarge(maxBytes: number): FreshetError {
  const size = maxBytes >= 1e6 ? `${maxBytes / 1e6} MB` : `${maxBytes} bytes`;
  return new FreshetError("payload_too_large", `The body has to be smaller than ${size}`);
}
