import { TcpProxy } from "../../http/tcp_proxy.ts";
import { type Entry, MemoryDatabase, type Write } from "./database.ts";
import * as messages from "./messages.ts";

/** What clients show to the metadata exchange: the stand-in puts it into `DENO_KV_ACCESS_TOKEN`. */
const ACCESS_TOKEN = "stand-in";
const DATA_TOKEN = "stand-in-data";
const VERSIONS = [3, 2];
const HOUR_MS = 60 * 60_000;

/** How the server behaves; may be changed at any time. */
export interface KvConnectOptions {
  /** ms before each answer, and before a watch is told. */
  delayMs: number;
}

/**
 * A stand-in for a KV Connect server, with its data in memory, for `Deno.openKv(url)`:
 * https://github.com/denoland/denokv/blob/main/proto/kv-connect.md. Each client has a line of its own that can be cut.
 */
export class KvConnectServer implements AsyncDisposable {
  readonly options: KvConnectOptions;
  readonly database = new MemoryDatabase();
  readonly #databaseId = crypto.randomUUID();
  readonly #server: Deno.HttpServer<Deno.NetAddr>;
  readonly #lines: TcpProxy[] = [];
  readonly #closing = new AbortController();
  readonly #delays = new Set<() => void>();
  #watches = 0;
  #isToBeLost: ((write: Write) => boolean) | undefined;

  constructor(options: Partial<KvConnectOptions> = {}) {
    this.options = { delayMs: 0, ...options };
    Deno.env.set("DENO_KV_ACCESS_TOKEN", ACCESS_TOKEN);
    this.#server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen: () => {} },
      (request) => this.#answer(request),
    );
  }

  /** How many watches are open. */
  get watches(): number {
    return this.#watches;
  }

  /** A way to the server, for one client: cut it, or take it offline. */
  line(): TcpProxy & { url: string } {
    const line = new TcpProxy(this.#server.addr.port);
    this.#lines.push(line);
    return Object.assign(line, { url: `http://127.0.0.1:${line.port}` });
  }

  /** Cuts the lines of all clients; they may come back at once. */
  cut(): void {
    for (const line of this.#lines) line.cut();
  }

  /** Takes the next write of which that is true and cuts all lines in place of an answer: its client sends it again. */
  loseNextWrite(isIt: (write: Write) => boolean): void {
    this.#isToBeLost = isIt;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort();
    for (const cancel of this.#delays) cancel();
    for (const line of this.#lines) await line[Symbol.asyncDispose]();
    await this.#server.shutdown();
  }

  async #answer(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    if (request.method !== "POST") return refusal(405, "Only POST is answered");
    if (pathname === "/") return await this.#exchange(request);
    if (request.headers.get("authorization") !== `Bearer ${DATA_TOKEN}`) return refusal(401, "Unknown token");
    if (request.headers.get("x-denokv-database-id") !== this.#databaseId) {
      return refusal(400, "Unknown database");
    }
    try {
      const body = await readBody(request);
      await this.#delay();
      return this.#dataPath(pathname, body);
    } catch (error) {
      if (error instanceof RangeError) return refusal(400, error.message);
      throw error;
    }
  }

  #dataPath(pathname: string, body: Uint8Array<ArrayBuffer>): Response {
    switch (pathname) {
      case "/v/snapshot_read": {
        const ranges = messages.readSnapshotRead(body).map((range) => this.database.list(range));
        return protobuf(messages.writeSnapshotReadOutput(ranges));
      }
      case "/v/atomic_write": {
        const write = messages.readAtomicWrite(body);
        const result = this.database.write(write);
        if (this.#isToBeLost?.(write)) {
          this.#isToBeLost = undefined;
          this.cut();
        }
        return protobuf(messages.writeAtomicWriteOutput(result));
      }
      case "/v/watch":
        return protobuf(this.#watch(messages.readWatch(body)));
      default:
        return refusal(404, "No such call");
    }
  }

  /** https://github.com/denoland/denokv/blob/main/proto/kv-connect.md#metadata-exchange */
  async #exchange(request: Request): Promise<Response> {
    if (request.headers.get("authorization") !== `Bearer ${ACCESS_TOKEN}`) {
      return refusal(401, "Unknown token");
    }
    const { supportedVersions }: { supportedVersions: number[] } = await request.json();
    const version = VERSIONS.find((version) => supportedVersions.includes(version));
    if (version === undefined) return refusal(400, "No version in common");
    return Response.json({
      version,
      databaseId: this.#databaseId,
      endpoints: [{ url: "/v", consistency: "strong" }],
      token: DATA_TOKEN,
      expiresAt: new Date(Date.now() + HOUR_MS).toISOString(),
    });
  }

  /** What stands at the keys now, then what changes. */
  #watch(keys: string[]): ReadableStream<Uint8Array> {
    const { database } = this;
    const closing = this.#closing.signal;
    let stop = () => {};
    return new ReadableStream({
      start: (controller) => {
        this.#watches++;
        const tell = (entries: (Entry | null | undefined)[]) => {
          controller.enqueue(messages.writeWatchOutput(entries));
        };
        const unwatch = database.watch(async (changed) => {
          if (!keys.some((key) => changed.has(key))) return;
          await this.#delay();
          if (!hasStopped) tell(keys.map((key) => changed.has(key) ? database.get(key) : undefined));
        });
        let hasStopped = false;
        const end = () => {
          stop();
          controller.close();
        };
        stop = () => {
          if (hasStopped) return;
          hasStopped = true;
          this.#watches--;
          unwatch();
          closing.removeEventListener("abort", end);
        };
        closing.addEventListener("abort", end, { once: true });
        controller.enqueue(messages.PING);
        tell(keys.map((key) => database.get(key)));
      },
      cancel: () => stop(),
    });
  }

  async #delay(): Promise<void> {
    if (this.options.delayMs === 0 || this.#closing.signal.aborted) return;
    await new Promise<void>((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.#delays.delete(done);
        resolve();
      };
      const timer = setTimeout(done, this.options.delayMs);
      this.#delays.add(done);
    });
  }
}

/** A request whose line was cut is none. */
async function readBody(request: Request): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return await request.bytes();
  } catch (cause) {
    throw new RangeError("Cannot read the request: its line was cut", { cause });
  }
}

function protobuf(body: Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>): Response {
  return new Response(body, { headers: { "content-type": "application/x-protobuf" } });
}

function refusal(status: number, reason: string): Response {
  return new Response(reason, { status });
}
