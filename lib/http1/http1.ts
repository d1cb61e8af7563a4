import { Client, type ClientOptions } from "./client.ts";
import { createFetch, type Fetch, responseOf } from "./fetch.ts";
import type { Field } from "./head_parser.ts";

/** How a client of `createHttp1` works. */
export interface Http1Options extends ClientOptions {
  /** What takes the URLs that are not http:, also those that a redirect leads to; the `fetch` of Deno unless given. */
  fallback?: Fetch;
}

/** What `Http1.request` sends. */
export interface Http1Request {
  /** As it goes out, so in capitals; GET unless given. */
  method?: string;
  /** Header fields; those that frame or address the message are the client's own, and dropped here. Nothing else is added. */
  headers?: Field[];
  /** Bytes go out with their length, and must not change before the response is there; a stream goes out in chunks. */
  body?: Uint8Array | ReadableStream<Uint8Array>;
  /** Closes the connection up to the end of the body; `request` and reads under way fail with the signal's reason. */
  signal?: AbortSignal;
}

/** A response as it comes: redirects and compressed bodies too. It must be read to its end or closed. */
export interface Http1Response {
  status: number;
  statusText: string;
  /** Names as the server wrote them, one character for each byte of a value. */
  headers: Field[];
  /** True as soon as the last byte was read; by then the connection is free for other requests. */
  readonly isEnded: boolean;
  /**
   * Reads the next bytes of the body into `buffer` and returns how many, or null at the end. What lies behind them in the
   * buffer may be overwritten. Throws a `ConnectionError` where the body was cut, and a `ProtocolError` where it is malformed.
   */
  read(buffer: Uint8Array): Promise<number | null>;
  /** Reads what there is, as an array of just its size, which is the caller's. Otherwise like `read`. */
  next(): Promise<Uint8Array<ArrayBuffer> | null>;
  /** What is left of it as `fetch` would give it, decoded too; from then on only that may be read. */
  toResponse(): Response;
  /** Closes the connection if the body was not read to its end. */
  close(): void;
}

/** A client with its connections. */
export interface Http1 {
  /**
   * `fetch` as its standard has it, with these differences: a URL with a name or password is refused; of the body kinds async
   * iterables are not known; the body of a `Request` is read whole before it is sent; after an abort a body fails at its next
   * read; keys in headers such as `x-api-key` do not follow a redirect to another origin either; `accept-encoding` is `identity`
   * unless given, and a body that comes as gzip, deflate or br is decoded all the same.
   */
  fetch: Fetch;
  /** One request without the comforts of `fetch`, whose response takes the least work for each piece. */
  request(url: URL, request?: Http1Request): Promise<Http1Response>;
  /** Closes all connections, those in use too; later requests fail. */
  close(): void;
}

/** Makes a client; its connections are its own. */
export function createHttp1({ fallback = fetch, ...options }: Http1Options = {}): Http1 {
  const client = new Client(options);
  return {
    fetch: createFetch(client, fallback),
    request: (url, request) => send(client, url, request),
    close: () => client.close(),
  };
}

async function send(
  client: Client,
  url: URL,
  { method = "GET", headers = [], body, signal }: Http1Request = {},
): Promise<Http1Response> {
  const incoming = await client.request({ method, url, fields: headers, payload: body }, signal);
  const { status, statusText, fields, body: reader } = incoming;
  return {
    status,
    statusText,
    headers: fields,
    get isEnded() {
      return reader.isEnded;
    },
    read: (buffer) => reader.read(buffer),
    next: () => reader.next(),
    toResponse: () => responseOf(incoming, { url, method }, false),
    close: () => reader.close(new TypeError("Cannot read body: the response was closed")),
  };
}
