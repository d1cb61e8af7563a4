const MAX_BODY_BYTES = 64 * 1024;

/** A response that is not 2xx, read as far as its error needs. */
export class HttpFailure extends Error {
  override readonly name = "HttpFailure";
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;

  constructor(status: number, headers: Headers, body: string) {
    // Nothing of the body: client libraries look for words like "timed out" in messages.
    super(`HTTP status ${status}`);
    this.status = status;
    this.headers = headers;
    this.body = body;
  }
}

/** Reads what a failed response says, at most 64 KiB of it, and closes it. */
export async function readFailure(response: Response): Promise<HttpFailure> {
  return new HttpFailure(response.status, response.headers, await readStart(response.body));
}

async function readStart(body: ReadableStream<Uint8Array> | null): Promise<string> {
  if (!body) return "";
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let text = "";
  let size = 0;
  try {
    while (size < MAX_BODY_BYTES) {
      const { done, value } = await reader.read();
      if (done) break;
      size += value.length;
      text += decoder.decode(value, { stream: true });
    }
    return text;
  } finally {
    await reader.cancel();
  }
}
