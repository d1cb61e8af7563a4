import type { Field, Http1, Http1Response } from "../http1/mod.ts";
import { type ByteSource, byteSource } from "./byte_source.ts";
import { HttpFailure, readFailure } from "./http_failure.ts";

/** How JSON is posted without the comforts of `fetch`. */
export interface DirectPost {
  request: Http1["request"];
  /** Header fields beside those of the JSON itself. */
  fields: Field[];
}

/** What both ways of posting send. A proxy that compresses holds tokens back until its block is full. */
export const JSON_FIELDS: Field[] = [
  ["content-type", "application/json"],
  ["accept", "application/json"],
  ["accept-encoding", "identity"],
];

const encoder = new TextEncoder();

/** Posts JSON that is answered by a stream. Throws `HttpFailure` for anything but 2xx, and for an answer that is JSON itself. */
export async function postDirectly(
  { request, fields }: DirectPost,
  url: URL,
  json: string,
  signal: AbortSignal,
): Promise<ByteSource> {
  const headers = [...JSON_FIELDS, ...fields];
  const response = await request(url, { method: "POST", headers, body: encoder.encode(json), signal });
  if (!isStream(response)) throw await readFailure(response.toResponse());
  if (fieldOf(response, "content-encoding") === undefined) return new DirectSource(response);
  const { body, status, headers: told } = response.toResponse();
  if (!body) throw new HttpFailure(status, told, "");
  return byteSource(body, signal);
}

/** A response that is read without a stream in between. */
class DirectSource implements ByteSource {
  readonly #response: Http1Response;

  constructor(response: Http1Response) {
    this.#response = response;
  }

  get isEnded(): boolean {
    return this.#response.isEnded;
  }

  async read(): Promise<Uint8Array<ArrayBuffer> | undefined> {
    return await this.#response.next() ?? undefined;
  }
}

function isStream(response: Http1Response): boolean {
  const { status } = response;
  if (status < 200 || status > 299) return false;
  return !(fieldOf(response, "content-type")?.startsWith("application/json") ?? false);
}

function fieldOf({ headers }: Http1Response, name: string): string | undefined {
  return headers.find(([field]) => field.toLowerCase() === name)?.[1];
}
