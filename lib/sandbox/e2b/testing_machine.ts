import { assertEquals } from "@std/assert";
import { Buffer } from "node:buffer";

/** A command as the client has it run: always `/bin/bash -l -c <line>`. */
export interface FakeCommand {
  readonly machine: FakeMachine;
  readonly pid: number;
  readonly line: string;
  readonly cwd: string;
  stdout(data: string | Uint8Array): void;
  stderr(data: string | Uint8Array): void;
  /** Closes the connection of the command, as when its machine dies. */
  cut(): void;
  /** Aborted when the command is killed. */
  readonly killed: AbortSignal;
}

/** Runs a command and resolves to its code, or to the name of the signal that ended it, as Go has it: "killed". */
export type RunCommand = (command: FakeCommand) => Promise<number | string>;

interface StartMessage {
  process: { cmd: string; args: string[]; cwd?: string };
}

/** A virtual machine of the fake, as far as its service goes: files, processes and ports. */
export class FakeMachine {
  /** Path → text of all files that were written. */
  readonly files = new Map<string, string>();
  readonly accessToken = crypto.randomUUID();
  readonly trafficToken = crypto.randomUUID();
  /** What listens on ports. */
  readonly ports = new Map<number, (request: Request) => Response | Promise<Response>>();
  readonly #running = new Map<number, { kill: AbortController; done: Promise<void> }>();
  #nextPid = 1000;
  #isEnded = false;

  constructor(readonly id: string) {}

  get isEnded(): boolean {
    return this.#isEnded;
  }

  /** Commands that have not ended. */
  get running(): number {
    return this.#running.size;
  }

  async end(): Promise<void> {
    this.#isEnded = true;
    const running = [...this.#running.values()];
    for (const { kill } of running) kill.abort();
    await Promise.all(running.map(({ done }) => done));
  }

  /** A project's port, behind the proxy that asks for the token. */
  async answerPort(request: Request, port: number): Promise<Response> {
    if (request.headers.get("e2b-traffic-access-token") !== this.trafficToken) {
      return Response.json({ message: "Sandbox is secured with traffic access token", code: 403 }, {
        status: 403,
      });
    }
    const serve = this.ports.get(port);
    return await serve?.(request) ??
      Response.json({ message: `The sandbox is running but port is not open`, code: 502 }, { status: 502 });
  }

  /** A multipart form of files, each named by its path. */
  async writeFiles(request: Request): Promise<Response> {
    const written = [];
    for (const entry of (await request.formData()).getAll("file")) {
      if (typeof entry === "string") throw new TypeError("A part of the form is no file");
      this.files.set(entry.name, await entry.text());
      written.push({ name: entry.name.split("/").at(-1), path: entry.name, type: "file" });
    }
    return Response.json(written);
  }

  /** The one message of a request whose answer is a stream: an envelope of a flag, a length and JSON. */
  async readStart(request: Request): Promise<StartMessage> {
    assertEquals(request.headers.get("content-type"), "application/connect+json");
    assertEquals(request.headers.get("connect-protocol-version"), "1");
    const bytes = new Uint8Array(await request.arrayBuffer());
    const length = new DataView(bytes.buffer).getUint32(1);
    assertEquals([bytes[0], bytes.length], [0, length + 5]);
    return JSON.parse(new TextDecoder().decode(bytes.subarray(5)));
  }

  /** Starts a command and streams what becomes of it. */
  start({ process }: StartMessage, run: RunCommand): Response {
    assertEquals([process.cmd, ...process.args.slice(0, -1)], ["/bin/bash", "-l", "-c"]);
    const pid = this.#nextPid++;
    const kill = new AbortController();
    const events = new EventStream();
    events.send({ start: { pid } });
    const command: FakeCommand = {
      machine: this,
      pid,
      line: process.args.at(-1) ?? "",
      cwd: process.cwd ?? "",
      stdout: (data) => events.send({ data: { stdout: base64(data) } }),
      stderr: (data) => events.send({ data: { stderr: base64(data) } }),
      cut: () => events.cut(),
      killed: kill.signal,
    };
    const done = run(command).then((ended) => {
      const code = kill.signal.aborted ? "killed" : ended;
      const isExit = typeof code === "number";
      const status = isExit ? `exit status ${code}` : `signal: ${code}`;
      const error = code === 0 ? {} : { error: status };
      events.send({ end: { exitCode: isExit ? code : -1, exited: isExit, status, ...error } });
      events.end();
      this.#running.delete(pid);
    });
    this.#running.set(pid, { kill, done });
    return new Response(events.body, { headers: { "content-type": "application/connect+json" } });
  }

  /** Kills a command. */
  signal({ process }: { process: { pid: number } }): Response {
    const running = this.#running.get(process.pid);
    if (!running) return Response.json({ code: "not_found", message: "process not found" }, { status: 404 });
    running.kill.abort();
    return Response.json({});
  }
}

/** A stream of the Connect protocol: https://connectrpc.com/docs/protocol#streaming-response. */
class EventStream {
  readonly body: ReadableStream<Uint8Array>;
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  #isOver = false;

  constructor() {
    this.body = new ReadableStream({
      start: (controller) => {
        this.#controller = controller;
      },
      cancel: () => {
        this.#isOver = true;
      },
    });
  }

  send(event: unknown): void {
    this.#write(0, { event });
  }

  end(): void {
    this.#write(2, {});
    if (!this.#isOver) this.#controller?.close();
    this.#isOver = true;
  }

  cut(): void {
    if (!this.#isOver) this.#controller?.error("The fake cuts the connection");
    this.#isOver = true;
  }

  #write(flags: number, message: unknown): void {
    if (this.#isOver) return;
    const json = new TextEncoder().encode(JSON.stringify(message));
    const envelope = new Uint8Array(5 + json.length);
    envelope[0] = flags;
    new DataView(envelope.buffer).setUint32(1, json.length);
    envelope.set(json, 5);
    this.#controller?.enqueue(envelope);
  }
}

function base64(data: string | Uint8Array): string {
  return (typeof data === "string" ? Buffer.from(data) : Buffer.from(data)).toString("base64");
}
