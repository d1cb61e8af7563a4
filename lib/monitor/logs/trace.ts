import type { Clock, Log } from "../../host/mod.ts";
import type { DebugMode } from "./debug_mode.ts";
import { mask, maskHeaders } from "./mask.ts";
import { type SeenBody, watchedBody } from "./watched_body.ts";

/** Bytes of a body that are shown. */
const BODY_MAX_BYTES = 8 * 1024;
const URL_MAX_CHARS = 1_000;
const TEXT_TYPE =
  /^(text\/|application\/(json|x-ndjson|[\w.+-]*\+json|x-www-form-urlencoded|xml|javascript))/i;
/** What every page loads, and the log itself, would only hide the rest. */
const QUIET =
  /^\/(_fresh|css|fonts|gen)\/|^\/(favicon|icons)\.svg$|^\/api\/(system\/(logs|events)|nodes\/events|events)/;

type Fetch = (input: RequestInfo | URL, init?: RequestInit) => Promise<Response>;

/** What a `Trace` needs. */
export interface TraceOptions {
  debug: DebugMode;
  log: Log;
  clock: Clock;
  /** Secrets that are masked wherever they stand. */
  secrets?: readonly string[];
}

/** Logs requests and responses while the debug mode is on; else it hands them on untouched. */
export class Trace {
  readonly #debug: DebugMode;
  readonly #server: Log;
  readonly #nodes: Log;
  readonly #clock: Clock;
  readonly #secrets: readonly string[];
  #count = 0;

  constructor({ debug, log, clock, secrets = [] }: TraceOptions) {
    this.#debug = debug;
    this.#server = log.of("http");
    this.#nodes = log.of("node-http");
    this.#clock = clock;
    this.#secrets = secrets;
  }

  /** Answers a request of a client by `handle`. */
  serve(request: Request, handle: () => Promise<Response>): Promise<Response> {
    return this.#debug.isOn ? this.#serve(request, handle) : handle();
  }

  /** The same `fetch`, whose calls are logged. */
  fetch(inner: Fetch): Fetch {
    return (input, init) => this.#debug.isOn ? this.#fetch(inner, input, init) : inner(input, init);
  }

  async #serve(request: Request, handle: () => Promise<Response>): Promise<Response> {
    const url = new URL(request.url);
    if (QUIET.test(url.pathname)) return await handle();
    const title = `${request.method} ${this.#clean(url.pathname + url.search)}`;
    const exchange = this.#begin(this.#server, title);
    const copy = isText(request.headers) && request.body ? request.clone() : undefined;
    const hasBody = request.body ? request.headers : undefined;
    // Nobody waits for it: a client may be slow to send what its answer does not depend on.
    if (copy) void readHead(copy).then((seen) => exchange.asked(request.headers, this.#show(seen), hasBody));
    else exchange.asked(request.headers, undefined, hasBody);
    try {
      return exchange.answered(await handle());
    } catch (error) {
      exchange.failed(error);
      throw error;
    }
  }

  async #fetch(inner: Fetch, input: RequestInfo | URL, init: RequestInit | undefined): Promise<Response> {
    const url = input instanceof Request ? input.url : String(input);
    const method = init?.method ?? (input instanceof Request ? input.method : "GET");
    const exchange = this.#begin(this.#nodes, `${method} ${this.#clean(url)}`);
    const headers = new Headers(init?.headers ?? (input instanceof Request ? input.headers : undefined));
    const body = init?.body;
    const text = typeof body === "string" || body instanceof URLSearchParams ? String(body) : undefined;
    exchange.asked(headers, text === undefined ? undefined : this.#bounded(text), body ? headers : undefined);
    try {
      return exchange.answered(await inner(input, init));
    } catch (error) {
      exchange.failed(error);
      throw error;
    }
  }

  #begin(log: Log, title: string) {
    const id = ++this.#count;
    const start = this.#clock.now();
    const ms = () => this.#clock.now() - start;
    return {
      asked: (headers: Headers, body: string | undefined, hasBody: Headers | undefined) => {
        const shown = body ??
          (hasBody ? `(${hasBody.get("content-type") ?? "a body"}, not shown)` : undefined);
        log.debug(`→ ${title}`, { id, headers: maskHeaders(headers, this.#secrets), body: shown });
      },
      failed: (error: unknown) => log.debug(`✗ ${title}`, { id, ms: ms(), error }),
      answered: (response: Response): Response => {
        const { status, statusText, headers } = response;
        const message = `← ${status} ${title}`;
        const fields = { id, status, headers: maskHeaders(headers, this.#secrets) };
        if (!response.body) {
          log.debug(message, { ...fields, ms: ms() });
          return response;
        }
        const showsText = isText(headers);
        const body = watchedBody(response.body, showsText ? BODY_MAX_BYTES : 0, (seen) => {
          const { bytes, end } = seen;
          const shown = showsText ? this.#show(seen) : undefined;
          log.debug(message, { ...fields, ms: ms(), bytes, end, body: shown });
        });
        return new Response(body, { status, statusText, headers });
      },
    };
  }

  #show({ head, bytes }: Pick<SeenBody, "head" | "bytes">): string {
    const text = new TextDecoder().decode(head);
    return bytes > head.length ? this.#bounded(`${text} `, bytes) : this.#bounded(text);
  }

  /** Without its secrets; where it is cut, not in the middle of a word, which may be one that no rule knows by half. */
  #bounded(text: string, bytes = 0): string {
    const isCut = text.length > BODY_MAX_BYTES || bytes > 0;
    const head = isCut ? text.slice(0, BODY_MAX_BYTES).replace(/[\w.~+/=-]+\s*$/, "").trimEnd() : text;
    return mask(head, this.#secrets) + (isCut ? " …" : "");
  }

  #clean(url: string): string {
    return mask(url.slice(0, URL_MAX_CHARS), this.#secrets);
  }
}

function isText(headers: Headers): boolean {
  return TEXT_TYPE.test(headers.get("content-type") ?? "");
}

/** The beginning of a body; the rest is left alone, so that only that much waits in memory. */
async function readHead(message: Request): Promise<Pick<SeenBody, "head" | "bytes">> {
  const head = new Uint8Array(BODY_MAX_BYTES);
  let kept = 0;
  let bytes = 0;
  const reader = message.body?.getReader();
  try {
    while (reader && bytes <= BODY_MAX_BYTES) {
      const { done, value } = await reader.read();
      if (done) break;
      const part = value.subarray(0, BODY_MAX_BYTES - kept);
      head.set(part, kept);
      kept += part.length;
      bytes += value.length;
    }
    await reader?.cancel();
  } catch (error) {
    // A body that breaks off, or is refused for its size, is told of by who answers.
    if (!(error instanceof Error)) throw error;
  }
  return { head: head.subarray(0, kept), bytes };
}
