/** What lies between a page and a site, so that it can be lost: a browser set offline keeps the connections it has. */
export class Network implements AsyncDisposable {
  readonly #target: number;
  readonly #connections = new Set<Deno.TcpConn>();
  #listener: Deno.TcpListener;
  #accepting: Promise<void>;

  /** Leads to the port of `site`. */
  constructor(site: { url: string }) {
    this.#target = Number(new URL(site.url).port);
    this.#listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    this.#accepting = this.#accept();
  }

  /** The site's address by way of this network. */
  get url(): string {
    return `http://127.0.0.1:${this.#listener.addr.port}`;
  }

  /** Breaks all connections and lets no new ones through. */
  async lose(): Promise<void> {
    this.#listener.close();
    for (const connection of this.#connections) connection.close();
    this.#connections.clear();
    await this.#accepting;
  }

  /** Is there again, at the same address. */
  comeBack(): void {
    this.#listener = Deno.listen({ hostname: "127.0.0.1", port: this.#listener.addr.port });
    this.#accepting = this.#accept();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.lose();
  }

  async #accept(): Promise<void> {
    const listener = this.#listener;
    const lines: Promise<void>[] = [];
    try {
      for await (const near of listener) lines.push(this.#connect(near));
    } catch (error) {
      if (!isClosed(error)) throw error;
    }
    await Promise.all(lines);
  }

  async #connect(near: Deno.TcpConn): Promise<void> {
    this.#connections.add(near);
    const far = await Deno.connect({ hostname: "127.0.0.1", port: this.#target });
    // It may have been lost while we connected.
    if (this.#connections.has(near)) this.#connections.add(far);
    else far.close();
    await Promise.all([pass(near, far), pass(far, near)]);
    for (const end of [near, far]) {
      if (this.#connections.delete(end)) end.close();
    }
  }
}

/** Copies bytes until one side is done; the other then learns it. */
async function pass(from: Deno.TcpConn, to: Deno.TcpConn): Promise<void> {
  const buffer = new Uint8Array(16 * 1024);
  try {
    for (let n = await from.read(buffer); n !== null; n = await from.read(buffer)) {
      for (let sent = 0; sent < n;) sent += await to.write(buffer.subarray(sent, n));
    }
    await to.closeWrite();
  } catch (error) {
    if (!isClosed(error)) throw error;
  }
}

function isClosed(error: unknown): boolean {
  return [
    Deno.errors.BadResource,
    Deno.errors.Interrupted,
    Deno.errors.ConnectionReset,
    Deno.errors.BrokenPipe,
    Deno.errors.NotConnected,
    Deno.errors.ConnectionAborted,
  ].some((type) => error instanceof type);
}
