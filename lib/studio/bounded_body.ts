const BODY_MAX_BYTES = 1_000_000;

/** The body of a response, as text where it is text, cut where it is long; the rest is not waited for. */
export async function readBounded(
  response: Response,
): Promise<{ body: string; isBase64: boolean; isCut: boolean }> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    parts.push(part);
    size += part.length;
    // Leaving the loop cancels the body.
    if (size > BODY_MAX_BYTES) break;
  }
  const bytes = new Uint8Array(Math.min(size, BODY_MAX_BYTES));
  let at = 0;
  for (const part of parts) {
    bytes.set(part.subarray(0, bytes.length - at), at);
    at += Math.min(part.length, bytes.length - at);
  }
  const isCut = size > BODY_MAX_BYTES;
  try {
    // A cut may tear a character; what is before it is text all the same.
    return {
      body: new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: isCut }),
      isBase64: false,
      isCut,
    };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return { body: bytes.toBase64(), isBase64: true, isCut };
  }
}
