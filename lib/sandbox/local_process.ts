import { isSessionCookie } from "../access/mod.ts";
import type { Clock } from "../host/mod.ts";
import { FreshetError } from "../shared/mod.ts";
import { describeExit } from "./exit_reason.ts";
import type { JailedProcess } from "./jail.ts";
import { LogBuffer, logStream } from "./log_buffer.ts";
import type { LogLine, ProcessExit, ProcessState, SandboxProcess } from "./sandbox.ts";
import { readPermission, type ServerAddress, type Toolchain } from "./toolchain.ts";
import type { Job } from "./workspace.ts";

/** Headers that concern one connection only (RFC 9110, 7.6.1), and the ones that are set anew. */
const NOT_FORWARDED = [
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "host",
  "content-length",
  "accept-encoding",
];

/** An API project that runs by `deno serve`, on a port that its toolchain gives the address of. */
export class LocalProcess implements SandboxProcess {
  readonly id: string;
  readonly url: string;
  readonly pid?: number;
  readonly startedAt: number;
  readonly exited: Promise<ProcessExit>;
  readonly #process: JailedProcess;
  readonly #address: ServerAddress;
  readonly #log: LogBuffer;
  readonly #listening = Promise.withResolvers<void>();
  #state: ProcessState = "starting";
  /** Why we ended it, if we did. */
  #cause: string | undefined;
  #cancelIdle: (() => void) | undefined;
  #open = 0;

  constructor(
    readonly job: Job,
    private readonly port: number,
    private readonly toolchain: Toolchain,
    private readonly clock: Clock,
  ) {
    this.id = job.id;
    this.#address = toolchain.addressOf(port);
    this.url = this.#address.url;
    this.startedAt = clock.now();
    this.#log = new LogBuffer(toolchain.limits.logBytes);
    this.#process = toolchain.spawn(job, {
      subcommand: "serve",
      permissions: [readPermission(job), `--allow-net=${this.#address.host}:${port}`],
      args: ["--host", this.#address.host, "--port", String(port), "./project/main.ts"],
    });
    if (this.#process.pid !== undefined) this.pid = this.#process.pid;
    this.exited = this.#follow();
  }

  get state(): ProcessState {
    return this.#state;
  }

  /** Resolves when it listens or has ended. One that takes too long is ended. */
  async whenStarted(signal: AbortSignal | undefined): Promise<void> {
    const { startMs } = this.toolchain.limits;
    const cancel = this.clock.after(startMs, () => this.#end(`it did not listen within ${startMs / 1000} s`));
    const onAbort = () => this.#end("stopped");
    signal?.addEventListener("abort", onAbort, { once: true });
    if (signal?.aborted) onAbort();
    try {
      await Promise.race([this.#listening.promise, this.exited]);
    } finally {
      cancel();
      signal?.removeEventListener("abort", onAbort);
    }
    if (this.#state !== "starting") return;
    this.#state = "running";
    this.#restartIdle();
  }

  logs(afterSeq: number, signal: AbortSignal): AsyncGenerator<LogLine[]> {
    return this.#log.follow(afterSeq, signal);
  }

  /** What it wrote so far, as far as it is kept. */
  lines(): LogLine[] {
    return this.#log.after(0);
  }

  async stop(): Promise<void> {
    if (this.#state !== "exited") {
      this.#cause ??= "stopped";
      this.#process.terminate();
      const cancel = this.clock.after(this.toolchain.limits.graceMs, () => this.#process.kill());
      await this.exited;
      cancel();
    }
    await this.exited;
  }

  async fetch(request: Request): Promise<Response> {
    if (this.#state !== "running") throw notRunning();
    const { answerMs } = this.toolchain.limits;
    const abort = new AbortController();
    let isHung = false;
    const cancelTimeout = this.clock.after(answerMs, () => {
      isHung = true;
      abort.abort();
      this.#end(`it did not answer within ${answerMs / 1000} s`);
    });
    this.#open++;
    this.#cancelIdle?.();
    try {
      return withoutEncoding(
        await this.toolchain.send(this.#forwarded(request), {
          signal: AbortSignal.any([abort.signal, request.signal]),
        }),
      );
    } catch (error) {
      if (request.signal.aborted) throw request.signal.reason;
      if (isHung) throw new FreshetError("stalled", "The project does not answer and was stopped");
      if (error instanceof TypeError) throw notRunning(error);
      throw error;
    } finally {
      cancelTimeout();
      this.#open--;
      this.#restartIdle();
    }
  }

  #forwarded(request: Request): Request {
    const { pathname, search } = new URL(request.url);
    const headers = new Headers(request.headers);
    for (const name of NOT_FORWARDED) headers.delete(name);
    headers.set("accept-encoding", "identity");
    for (const [name, value] of Object.entries(this.#address.headers)) headers.set(name, value);
    const cookie = withoutOwnCookie(headers.get("cookie") ?? "");
    if (cookie) headers.set("cookie", cookie);
    else headers.delete("cookie");
    return new Request(this.url + pathname + search, {
      method: request.method,
      headers,
      body: request.body,
      redirect: "manual",
    });
  }

  async #follow(): Promise<ProcessExit> {
    const ready = `Listening on http://${this.#address.host}:${this.port}/`;
    const [, , status] = await Promise.all([
      logStream(this.#process.stdout, (line) => this.#log.append("stdout", line, this.clock.now())),
      logStream(this.#process.stderr, (line) => {
        if (line.includes(ready)) this.#listening.resolve();
        this.#log.append("stderr", line, this.clock.now());
      }),
      this.#process.status,
    ]);
    this.#state = "exited";
    this.#cancelIdle?.();
    await this.job.remove();
    this.#log.close();
    return describeExit(status, this.#cause, this.lines());
  }

  #end(cause: string): void {
    this.#cause ??= cause;
    this.#process.kill();
  }

  #restartIdle(): void {
    this.#cancelIdle?.();
    if (this.#open > 0 || this.#state !== "running") return;
    const { idleMs } = this.toolchain.limits;
    this.#cancelIdle = this.clock.after(idleMs, () => {
      this.#cause ??= `nobody used it for ${Math.round(idleMs / 60_000)} min`;
      this.#process.kill();
    });
  }
}

/** Who is logged in to Freshet is none of the project's business. */
function withoutOwnCookie(cookie: string): string {
  return cookie.split(/;\s*/).filter((part) => part && !isSessionCookie(part.split("=")[0] ?? "")).join("; ");
}

/** `fetch` has decoded the body already. */
function withoutEncoding(response: Response): Response {
  const headers = new Headers(response.headers);
  if (headers.has("content-encoding")) {
    headers.delete("content-encoding");
    headers.delete("content-length");
  }
  const { status, statusText } = response;
  return new Response(response.body, { status, statusText, headers });
}

function notRunning(cause?: unknown): FreshetError {
  return new FreshetError("unavailable", "The project is not running", { hint: "Start it again", cause });
}
