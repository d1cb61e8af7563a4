import type { Payload } from "./request_writer.ts";

/** A body as it is sent, with the content type that the fetch standard gives to its kind. */
export interface ExtractedBody {
  payload: Payload;
  contentType?: string;
}

const encoder = new TextEncoder();

/**
 * Takes the bytes of a body as `fetch` does; bytes of the caller are copied. All but streams are taken whole, so that they go
 * out with their length and can be sent again. Throws a TypeError for a kind that it does not know, and for a used stream.
 */
export async function extractBody(body: BodyInit): Promise<ExtractedBody> {
  if (typeof body === "string") {
    return { payload: encoder.encode(body), contentType: "text/plain;charset=UTF-8" };
  }
  if (body instanceof ArrayBuffer) return { payload: new Uint8Array(body.slice(0)) };
  if (ArrayBuffer.isView(body)) {
    return { payload: new Uint8Array(body.buffer, body.byteOffset, body.byteLength).slice() };
  }
  if (body instanceof ReadableStream) {
    if (body.locked) throw new TypeError("Cannot send body: its stream is locked");
    return { payload: body };
  }
  if (body instanceof URLSearchParams || body instanceof Blob || body instanceof FormData) {
    // The standard's own serialization, with the boundary of a form.
    const response = new Response(body);
    const contentType = response.headers.get("content-type");
    const payload = new Uint8Array(await response.arrayBuffer());
    return { payload, ...(contentType === null ? {} : { contentType }) };
  }
  throw new TypeError("Cannot send body: it is of an unknown kind");
}
