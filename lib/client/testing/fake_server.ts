import { ApiClient } from "../api_client.ts";
import { ChatApi } from "../chat_api.ts";

/** A request as a fake server sees it. */
export interface FakeRequest {
  method: string;
  path: string;
  body: unknown;
  headers: Headers;
  signal: AbortSignal | undefined;
}

type Answer = (request: FakeRequest) => unknown;

/** A server of the API for tests: answers by "METHOD /path" (`*` for any part) and remembers what it was asked. */
export class FakeServer {
  readonly asked: FakeRequest[] = [];
  readonly api: ChatApi;
  readonly #answers: [RegExp, Answer][] = [];

  constructor() {
    this.api = new ChatApi(new ApiClient((input, init) => this.#fetch(input, init)));
  }

  /** Answers with JSON, a `Response`, or an error where `answer` throws; the newest rule wins. */
  on(pattern: string, answer: Answer): this {
    const source = pattern.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", "[^/]+");
    this.#answers.unshift([new RegExp(`^${source}$`), answer]);
    return this;
  }

  /** What was asked, as "METHOD /path". */
  get log(): string[] {
    return this.asked.map(({ method, path }) => `${method} ${path}`);
  }

  async #fetch(path: string, init: RequestInit): Promise<Response> {
    const method = init.method ?? "GET";
    const request: FakeRequest = {
      method,
      path,
      body: typeof init.body === "string" ? JSON.parse(init.body) : init.body,
      headers: new Headers(init.headers),
      signal: init.signal ?? undefined,
    };
    this.asked.push(request);
    const rule = this.#answers.find(([pattern]) => pattern.test(`${method} ${path.split("?")[0]}`));
    if (!rule) {
      return Response.json({ error: { code: "not_found", message: `Nothing at ${path}` } }, { status: 404 });
    }
    const result = await rule[1](request);
    return result instanceof Response ? result : Response.json(result ?? null);
  }
}

/** The response of an error in the server's shape. */
export function failure(status: number, code: string, extra: Record<string, unknown> = {}): Response {
  return Response.json({ error: { code, message: `It is ${code}`, ...extra } }, { status });
}

/** A stream of events that a test writes step by step. */
export class FakeStream {
  readonly response: Response;
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  cancelled = false;

  constructor(signal?: AbortSignal) {
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => void (this.#controller = controller),
      cancel: () => void (this.cancelled = true),
    });
    signal?.addEventListener("abort", () => {
      if (!this.cancelled) this.#controller?.error(new DOMException("Aborted", "AbortError"));
      this.cancelled = true;
    });
    this.response = new Response(body, { headers: { "content-type": "text/event-stream" } });
  }

  send(text: string): void {
    this.#controller?.enqueue(new TextEncoder().encode(text));
  }

  close(): void {
    this.#controller?.close();
  }
}
