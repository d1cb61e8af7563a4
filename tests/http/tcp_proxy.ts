/** Passes TCP connections on to a server, until they are cut. */
export class TcpProxy implements AsyncDisposable {
  readonly #listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  readonly #target: number;
  readonly #open = new Set<Deno.TcpConn>();
  readonly #work = new Set<Promise<void>>();
  /** Connections are accepted and closed again at once. */
  isOffline = false;

  constructor(target: number) {
    this.#target = target;
    this.#do(this.#accept());
  }

  get port(): number {
    return this.#listener.addr.port;
  }

  /** Cuts all connections, as a network does that is gone. */
  cut(): void {
    for (const connection of this.#open) connection.close();
    this.#open.clear();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#listener.close();
    this.cut();
    while (this.#work.size > 0) await Promise.all(this.#work);
  }

  async #accept(): Promise<void> {
    for await (const client of this.#listener) {
      if (this.isOffline) client.close();
      else this.#do(this.#pass(client));
    }
  }

  async #pass(client: Deno.TcpConn): Promise<void> {
    this.#open.add(client);
    const server = await Deno.connect({ hostname: "127.0.0.1", port: this.#target });
    if (!this.#open.has(client)) return server.close();
    this.#open.add(server);
    await Promise.all([this.#copy(client, server), this.#copy(server, client)]);
  }

  /** The end of one direction is that of both, which is enough for a WebSocket. */
  async #copy(from: Deno.TcpConn, to: Deno.TcpConn): Promise<void> {
    const buffer = new Uint8Array(64 * 1024);
    try {
      for (let size = await from.read(buffer); size !== null; size = await from.read(buffer)) {
        for (let sent = 0; sent < size;) sent += await to.write(buffer.subarray(sent, size));
      }
    } catch (error) {
      // Cut, from here or from there.
      if (!(error instanceof Error)) throw error;
    }
    for (const connection of [from, to]) if (this.#open.delete(connection)) connection.close();
  }

  #do(work: Promise<void>): void {
    const kept = work.finally(() => this.#work.delete(kept));
    this.#work.add(kept);
  }
}
