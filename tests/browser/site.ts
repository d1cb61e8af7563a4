import type { AppConfig, ServiceOverrides } from "../../lib/app/mod.ts";
import { startApp, type TestApp } from "../harness.ts";
import { ensureWorkers } from "./workers.ts";

/** An app with its data in memory that listens on a port of its own, and can go away and come back. */
export class Site implements AsyncDisposable {
  readonly app: TestApp;
  #server: Deno.HttpServer<Deno.NetAddr> | undefined;
  #abort = new AbortController();
  #port = 0;
  #answering = new Set<Promise<Response>>();

  private constructor(app: TestApp) {
    this.app = app;
  }

  static async start(config: Partial<AppConfig> = {}, overrides: ServiceOverrides = {}): Promise<Site> {
    await ensureWorkers();
    const site = new Site(await startApp(config, overrides));
    site.comeBack();
    return site;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Listens (again), always on the same port. */
  comeBack(): void {
    this.#abort = new AbortController();
    this.#server = Deno.serve({
      hostname: "127.0.0.1",
      port: this.#port,
      signal: this.#abort.signal,
      onListen: () => {},
    }, (request, info) => this.#answer(request, info, this.#abort.signal));
    this.#port = this.#server.addr.port;
  }

  /** Breaks every connection and listens no more; answers go on being written. */
  async goAway(): Promise<void> {
    this.#abort.abort();
    await this.#server?.finished;
    this.#server = undefined;
    await Promise.allSettled(this.#answering);
  }

  /** The app's answer; one that comes after its connection was broken has nobody to close what it holds. */
  async #answer(request: Request, info: Deno.ServeHandlerInfo, gone: AbortSignal): Promise<Response> {
    const answering = this.app.handler(request, info).then(async (response) => {
      if (!gone.aborted) return response;
      await response.body?.cancel();
      return new Response(null, { status: 503 });
    });
    this.#answering.add(answering);
    try {
      return await answering;
    } finally {
      this.#answering.delete(answering);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.goAway();
    await this.app[Symbol.asyncDispose]();
  }
}
