import { type FakeCommand, FakeMachine, type RunCommand } from "./testing_machine.ts";

export type { FakeCommand, RunCommand };

/** What the fake is asked to do, by a name of ours. */
export type FakeCall = "list" | "create" | "kill" | "timeout" | "files" | "start" | "signal";

/** How a call fails: with a status, by never answering, or by closing the connection on the way. */
export type FakeFailure = { status: number; message?: string } | "hang" | "cut";

/** A request to the fake's API, as it came. */
export interface FakeRequest {
  call: FakeCall;
  body: unknown;
}

/** The key that the fake takes. */
export const FAKE_KEY = "e2b_0123456789abcdef0123456789abcdef01234567";

/**
 * E2B on 127.0.0.1, for tests: the API that starts and ends sandboxes (https://e2b.dev/docs/api-reference), and behind the one URL
 * for all sandboxes the service within them, envd (https://github.com/e2b-dev/infra/tree/main/packages/envd), which the official
 * client speaks with, unmodified. Commands are run by the test.
 */
export class FakeE2b implements AsyncDisposable {
  readonly requests: FakeRequest[] = [];
  /** Machines that were started and not ended. */
  readonly machines = new Map<string, FakeMachine>();
  /** Machines that were started, whatever became of them. */
  readonly started: FakeMachine[] = [];
  /** How calls fail from now on. */
  readonly failures = new Map<FakeCall, FakeFailure>();
  run: RunCommand;
  /** Called when a machine is about to be started. */
  onCreate: (() => Promise<void>) | undefined;
  readonly #server: Deno.HttpServer<Deno.NetAddr>;
  readonly #closing = new AbortController();
  readonly #hanging = new Set<() => void>();

  constructor(run: RunCommand) {
    this.run = run;
    this.#server = Deno.serve({
      hostname: "127.0.0.1",
      port: 0,
      signal: this.#closing.signal,
      onListen: () => {},
    }, (request) => this.#answer(request));
  }

  get url(): string {
    return `http://127.0.0.1:${this.#server.addr.port}`;
  }

  /** What was asked of the API and of machines, in order. */
  get calls(): FakeCall[] {
    return this.requests.map(({ call }) => call);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const release of this.#hanging) release();
    await Promise.all([...this.machines.values()].map((machine) => machine.end()));
    this.#closing.abort();
    await this.#server.finished;
  }

  async #answer(request: Request): Promise<Response> {
    const port = request.headers.get("e2b-sandbox-port");
    return port === null ? await this.#answerApi(request) : await this.#answerMachine(request, Number(port));
  }

  async #answerApi(request: Request): Promise<Response> {
    const route = `${request.method} ${new URL(request.url).pathname}`;
    const [, id = "", rest = ""] = /^[A-Z]+ \/sandboxes\/([a-z0-9]+)(.*)$/.exec(route) ?? [];
    const call = callOf(route, rest);
    if (!call) return apiError(404, `There is no ${route}`);
    const text = await request.text();
    const failed = await this.#recorded(call, text ? JSON.parse(text) : undefined, apiError);
    if (failed) return failed;
    if (request.headers.get("x-api-key") !== FAKE_KEY) return apiError(401, "Invalid API key");
    if (call === "list") return Response.json([]);
    if (call === "create") {
      await this.onCreate?.();
      return Response.json(this.#create(JSON.parse(text)), { status: 201 });
    }
    const machine = this.machines.get(id);
    if (!machine) return apiError(404, `Sandbox "${id}" not found`);
    if (call === "kill") await this.#end(machine);
    return new Response(null, { status: 204 });
  }

  #create({ templateID }: { templateID: string }): Record<string, unknown> {
    const machine = new FakeMachine(`i${crypto.randomUUID().replaceAll("-", "").slice(0, 20)}`);
    this.machines.set(machine.id, machine);
    this.started.push(machine);
    return {
      sandboxID: machine.id,
      templateID,
      clientID: "fake",
      envdVersion: "0.6.10",
      envdAccessToken: machine.accessToken,
      trafficAccessToken: machine.trafficToken,
      domain: null,
    };
  }

  async #end(machine: FakeMachine): Promise<void> {
    this.machines.delete(machine.id);
    await machine.end();
  }

  async #answerMachine(request: Request, port: number): Promise<Response> {
    const machine = this.machines.get(request.headers.get("e2b-sandbox-id") ?? "");
    // As E2B's proxy does it.
    if (!machine) return Response.json({ message: "The sandbox was not found", code: 502 }, { status: 502 });
    if (port !== 49983) return await machine.answerPort(request, port);
    const { pathname } = new URL(request.url);
    if (pathname === "/health") return new Response(null, { status: 204 });
    if (request.headers.get("x-access-token") !== machine.accessToken) {
      return rpcError(401, "unauthorized access, please provide a valid access token");
    }
    switch (`${request.method} ${pathname}`) {
      case "POST /files":
        return await this.#recorded("files", undefined, apiError) ?? await machine.writeFiles(request);
      case "POST /process.Process/Start": {
        const message = await machine.readStart(request);
        return await this.#recorded("start", message, rpcError) ?? machine.start(message, this.run);
      }
      case "POST /process.Process/SendSignal": {
        const message = await request.json();
        return await this.#recorded("signal", message, rpcError) ?? machine.signal(message);
      }
    }
    return rpcError(404, `There is no ${pathname}`);
  }

  /** Notes a call and fails it where it is to fail. */
  async #recorded(
    call: FakeCall,
    body: unknown,
    toError: (status: number, message: string) => Response,
  ): Promise<Response | undefined> {
    this.requests.push({ call, body });
    const failure = this.failures.get(call);
    if (failure === undefined) return undefined;
    if (failure === "cut") {
      const body = new ReadableStream({ start: (stream) => stream.error("The fake cuts the connection") });
      return new Response(body, { headers: { "content-type": "application/connect+json" } });
    }
    if (failure !== "hang") return toError(failure.status, failure.message ?? "It fails, as the test has it");
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#hanging.add(resolve);
    await promise;
    return toError(503, "It hung");
  }
}

function callOf(route: string, rest: string): FakeCall | undefined {
  if (route === "GET /v2/sandboxes") return "list";
  if (route === "POST /v2/sandboxes") return "create";
  if (rest === "/timeout") return "timeout";
  return route.startsWith("DELETE /sandboxes/") ? "kill" : undefined;
}

function apiError(code: number, message: string): Response {
  return Response.json({ code, message }, { status: code });
}

/** An error of a unary call of the Connect protocol (https://connectrpc.com/docs/protocol#error-codes). */
function rpcError(status: number, message: string): Response {
  const codes: Readonly<Record<number, string>> = {
    401: "unauthenticated",
    404: "not_found",
    429: "unavailable",
    503: "unavailable",
  };
  return Response.json({ code: codes[status] ?? "unknown", message }, { status });
}
