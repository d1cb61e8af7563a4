import type { FreshetError } from "../shared/mod.ts";
import { type ByteSource, byteSource } from "./byte_source.ts";
import { CALL_ENDED } from "./call_ended.ts";
import { type DirectPost, JSON_FIELDS, postDirectly } from "./direct_post.ts";
import type { ErrorContext } from "./error_context.ts";
import { abortError, cutError, httpError, networkError, readError } from "./errors.ts";
import { HttpFailure, readFailure } from "./http_failure.ts";

/** The part of `fetch` that the client libraries use. */
export type Fetch = (input: RequestInfo | URL, init?: RequestInit) => Promise<Response>;

/** The body to send instead of one that the server refused, or undefined to let the refusal stand. */
export type Amend = (failure: HttpFailure, body: string) => string | undefined;

/** How a call goes out. */
export interface CallOptions extends ErrorContext {
  signal: AbortSignal;
  /** Sets the headers that carry the key, in place of any that the client library took from the environment. */
  authorize?: (headers: Headers, url: URL) => void;
  /** Where a request goes instead. */
  route?: (url: URL) => URL;
  amend?: Amend;
  /** True to follow redirects of what is only read. Others show in an error: a key must not go on to another address. */
  followsRedirects?: boolean;
  /** True where what is posted is answered by a stream: a server at a wrong address may answer 200 with an error. */
  streamed?: boolean;
  /** Checks the bytes of a streamed answer on their way. */
  check?: () => TransformStream<Uint8Array, Uint8Array>;
  fetch?: Fetch | undefined;
  /** How `post` reaches http:// addresses; by `fetch` where absent. */
  direct?: DirectPost | undefined;
}

/**
 * One call of a model server. It gives a client library the `fetch` it works with, and so decides what all of them leave
 * open: the connection is closed on abort and on `close()` whatever the library does, and errors keep their status, headers
 * and body until `error()` makes a typed one of them.
 */
export class Call {
  readonly #options: CallOptions;
  readonly #controller = new AbortController();
  #failure: unknown;
  #closed = false;

  constructor(options: CallOptions) {
    this.#options = options;
    if (options.signal.aborted) this.#onAbort();
    else options.signal.addEventListener("abort", this.#onAbort, { once: true });
  }

  readonly #onAbort = () => this.#controller.abort(this.#options.signal.reason);

  /** Aborted with the caller's signal, and by `close()`. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** True after `close()`. */
  get closed(): boolean {
    return this.#closed;
  }

  /** Which server is called, for errors. */
  get context(): ErrorContext {
    return this.#options;
  }

  /** `fetch` for the client library; throws `HttpFailure` for anything but 2xx. */
  readonly fetch: Fetch = (input, init = {}) => this.#noting(() => this.#send(input, init));

  /** Posts JSON that is answered by a stream, and reads that; throws `HttpFailure` for anything but 2xx. */
  async post(url: URL, json: string): Promise<ByteSource> {
    const { amend, direct } = this.#options;
    if (!direct || url.protocol !== "http:") {
      const { body } = await this.fetch(url, { method: "POST", headers: JSON_FIELDS, body: json });
      if (!body) throw cutError(this.#options);
      return byteSource(body, this.signal);
    }
    return await this.#noting(() =>
      amended(json, amend, (sent) => postDirectly(direct, url, sent, this.signal))
    );
  }

  /** Closes the connection if it is still open. */
  close(): void {
    this.#closed = true;
    this.#options.signal.removeEventListener("abort", this.#onAbort);
    this.#controller.abort(CALL_ENDED);
  }

  /** The typed error for whatever came out of the client library. */
  error(cause: unknown): FreshetError {
    const { signal } = this.#options;
    if (signal.aborted) return abortError(signal.reason, this.#options);
    if (this.#failure instanceof HttpFailure) return httpError(this.#failure, this.#options);
    if (this.#failure !== undefined) return networkError(this.#failure, this.#options);
    return readError(cause, this.#options);
  }

  /** Keeps what goes wrong for `error()`, whatever a client library makes of it. */
  async #noting<T>(send: () => Promise<T>): Promise<T> {
    this.#failure = undefined;
    try {
      return await send();
    } catch (error) {
      this.#failure = error;
      throw error;
    }
  }

  async #send(input: RequestInfo | URL, init: RequestInit): Promise<Response> {
    const { authorize, amend, route, check, streamed } = this.#options;
    const asked = new URL(input instanceof Request ? input.url : input);
    const url = route ? route(asked) : asked;
    const headers = new Headers(init.headers);
    // A proxy that compresses holds tokens back until its block is full.
    headers.set("accept-encoding", "identity");
    authorize?.(headers, url);
    const attempt = async (body: BodyInit | null): Promise<Response> => {
      const response = await this.#fetch(url, { ...init, headers, body });
      const isWhole = streamed && init.method === "POST" && isJson(response);
      if (!response.ok || isWhole) throw await readFailure(response);
      return check ? this.#checked(response, check()) : response;
    };
    return await (typeof init.body === "string"
      ? amended(init.body, amend, attempt)
      : attempt(init.body ?? null));
  }

  #fetch(url: URL, init: RequestInit): Promise<Response> {
    const send: Fetch = this.#options.fetch ?? fetch;
    const follows = this.#options.followsRedirects && (init.method ?? "GET") === "GET";
    return send(url, { ...init, redirect: follows ? "follow" : "manual", signal: this.signal });
  }

  /** The pipe has to be given the signal: Deno 2.9.6 aborts no body any more once its garbage collector ran after `fetch`. */
  #checked(response: Response, check: TransformStream<Uint8Array, Uint8Array>): Response {
    if (!response.body) return response;
    return new Response(response.body.pipeThrough(check, { signal: this.signal }), response);
  }
}

/** Sends a body, and once more without what the server refuses of it, as long as there is such. */
async function amended<T>(
  body: string,
  amend: Amend | undefined,
  send: (body: string) => Promise<T>,
): Promise<T> {
  for (let sent = body;;) {
    try {
      return await send(sent);
    } catch (error) {
      const next = error instanceof HttpFailure ? amend?.(error, sent) : undefined;
      if (next === undefined) throw error;
      sent = next;
    }
  }
}

function isJson(response: Response): boolean {
  return response.headers.get("content-type")?.startsWith("application/json") ?? false;
}

/** Runs one call that is answered as a whole, and maps its errors. */
export async function once<T>(options: CallOptions, run: (call: Call) => Promise<T>): Promise<T> {
  const call = new Call(options);
  try {
    return await run(call);
  } catch (error) {
    throw call.error(error);
  } finally {
    call.close();
  }
}
