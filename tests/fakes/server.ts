import http from "node:http";
import { type Delay, Died, play, realDelay } from "./play.ts";
import { echo, type FakeAnswer, type FakeFailure, type FakePrompt, type Script } from "./script.ts";
import { finished, type HttpError, type Reply } from "./wire.ts";

/** A request as it came in. */
export interface RecordedRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: Headers;
  /** Parsed JSON, or undefined where there was none. */
  body: unknown;
}

/** How a protocol answers a request. */
export type Protocol = (request: RecordedRequest) => Reply;

/** What all fakes take. */
export interface FakeServerOptions {
  script?: Script;
  /** 0, any free port, unless given. */
  port?: number;
  /** Stands in for time in tests that hold it. */
  delay?: Delay;
}

/** A model server on 127.0.0.1 that answers by a script, for tests. */
export class FakeServer implements AsyncDisposable {
  /** Requests in the order they came. */
  readonly requests: RecordedRequest[] = [];
  /** What to answer next. */
  script: Script;
  /** Answers under way. */
  active = 0;
  /** Connections that clients closed before their answer was complete. */
  disconnects = 0;

  readonly #server: http.Server;
  readonly #delay: Delay;
  readonly #closing = new AbortController();
  readonly #waiting = new Set<() => void>();
  readonly #errors: unknown[] = [];
  #port = 0;
  #answered = 0;

  private constructor(protocol: Protocol, options: FakeServerOptions) {
    this.script = options.script ?? echo;
    this.#delay = options.delay ?? realDelay;
    this.#server = http.createServer((request, response) => void this.#serve(request, response, protocol));
  }

  /** Starts a server that speaks a protocol. */
  static async start(protocol: Protocol, options: FakeServerOptions = {}): Promise<FakeServer> {
    const fake = new FakeServer(protocol, options);
    await new Promise<void>((resolve, reject) => {
      fake.#server.once("error", reject);
      fake.#server.listen(options.port ?? 0, "127.0.0.1", () => resolve());
    });
    const address = fake.#server.address();
    if (address !== null && typeof address === "object") fake.#port = address.port;
    return fake;
  }

  /** The port it listens on. */
  get port(): number {
    return this.#port;
  }

  /** `http://127.0.0.1:<port>`. */
  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** The last request. */
  get lastRequest(): RecordedRequest {
    const request = this.requests.at(-1);
    if (!request) throw new Error("The fake server was not asked yet");
    return request;
  }

  /** Waits until the condition holds; it is looked at whenever something happens here. Throws after `ms`. */
  async until(condition: () => boolean, ms = 1000): Promise<void> {
    if (condition()) return;
    await new Promise<void>((resolve, reject) => {
      const look = () => condition() && done(resolve);
      const timer = setTimeout(() => done(() => reject(new Error(`Nothing happened for ${ms} ms`))), ms);
      const done = (settle: () => void) => {
        clearTimeout(timer);
        this.#waiting.delete(look);
        settle();
      };
      this.#waiting.add(look);
    });
  }

  /** Breaks every connection and stops listening, as a killed process does. Throws what went wrong in a script. */
  async close(): Promise<void> {
    if (this.#closing.signal.aborted) return;
    this.#closing.abort();
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#server.closeAllConnections();
    await closed;
    if (this.#errors.length > 0) throw this.#errors[0];
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #serve(request: http.IncomingMessage, response: http.ServerResponse, protocol: Protocol) {
    const gone = new AbortController();
    this.active++;
    response.once("close", () => {
      this.active--;
      if (!response.writableEnded && !this.#closing.signal.aborted && !gone.signal.aborted) {
        this.disconnects++;
      }
      gone.abort();
      this.#changed();
    });
    try {
      const recorded = await record(request);
      this.requests.push(recorded);
      this.#changed();
      await this.#reply(response, protocol(recorded), gone);
    } catch (error) {
      gone.abort();
      if (!(error instanceof Died) && !isLeft(error)) this.#errors.push(error);
      request.socket.destroy();
    }
  }

  async #reply(response: http.ServerResponse, reply: Reply, gone: AbortController) {
    if (reply.type === "json") return sendJson(response, reply.status ?? 200, reply.body, reply.headers);
    if (reply.type === "text") {
      response.writeHead(reply.status, { "content-type": "text/plain; charset=utf-8" });
      return void response.end(reply.body);
    }
    if (reply.type === "chunks") return await this.#chunks(response, reply, gone.signal);
    const answer = this.#next(reply.prompt);
    if (answer.failure) {
      const { status, body, headers } = failureOf(answer.failure, reply.failure);
      return sendJson(response, status, body, headers);
    }
    if (!reply.prompt.streamed) {
      await this.#delay(answer.firstTokenMs ?? 0, gone.signal);
      return sendJson(response, 200, reply.whole(finished(answer)));
    }
    await this.#stream(response, answer, reply, gone.signal);
  }

  async #chunks(
    response: http.ServerResponse,
    { contentType, chunks }: Extract<Reply, { type: "chunks" }>,
    signal: AbortSignal,
  ) {
    response.writeHead(200, { "content-type": contentType });
    response.flushHeaders();
    for await (const chunk of chunks((ms) => this.#delay(ms, signal), signal)) {
      if (signal.aborted) return;
      await new Promise<void>((resolve) => response.write(chunk, () => resolve()));
      this.#changed();
    }
    if (!signal.aborted) response.end();
  }

  async #stream(
    response: http.ServerResponse,
    answer: FakeAnswer,
    reply: Extract<Reply, { type: "answer" }>,
    signal: AbortSignal,
  ) {
    if (reply.headersWithFirstToken) {
      await this.#delay(answer.firstTokenMs ?? 0, signal);
      answer = { ...answer, firstTokenMs: 0 };
    }
    if (answer.interruption?.type === "die" && answer.interruption.afterBytes === 0) throw new Died();
    response.writeHead(200, { "content-type": reply.wire.contentType });
    response.flushHeaders();
    for await (const bytes of play(answer, reply.wire, this.#delay, signal)) {
      if (signal.aborted) return;
      if (bytes.length > 0) await new Promise<void>((resolve) => response.write(bytes, () => resolve()));
    }
    if (!signal.aborted) response.end();
  }

  #next(prompt: FakePrompt): FakeAnswer {
    if (typeof this.script === "function") return this.script(prompt);
    if (!Array.isArray(this.script)) return this.script;
    const answer = this.script[Math.min(this.#answered++, this.script.length - 1)];
    if (!answer) throw new Error("The script of the fake server is empty");
    return answer;
  }

  #changed() {
    for (const look of this.#waiting) look();
  }
}

/** Whether a client went away before it had said all. */
function isLeft(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ECONNRESET";
}

async function record(request: http.IncomingMessage): Promise<RecordedRequest> {
  const url = new URL(request.url ?? "/", "http://127.0.0.1");
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  for await (const chunk of request) chunks.push(new Uint8Array(chunk));
  const text = await new Blob(chunks).text();
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, `${value}`);
  }
  return {
    method: request.method ?? "GET",
    path: url.pathname,
    query: url.searchParams,
    headers,
    body: text === "" ? undefined : JSON.parse(text),
  };
}

function failureOf(
  failure: FakeFailure,
  official: (kind: Extract<FakeFailure, { kind: string }>["kind"]) => HttpError,
) {
  if (!("kind" in failure)) return failure;
  const error = official(failure.kind);
  if (failure.retryAfter === undefined) return error;
  return { ...error, headers: { ...error.headers, "retry-after": String(failure.retryAfter) } };
}

function sendJson(
  response: http.ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  const isText = typeof body === "string";
  const contentType = isText ? "text/html; charset=utf-8" : "application/json; charset=utf-8";
  response.writeHead(status, { "content-type": contentType, ...headers });
  response.end(isText ? body : JSON.stringify(body));
}
