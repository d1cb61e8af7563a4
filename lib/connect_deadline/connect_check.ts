import type { Clock } from "../host/mod.ts";

/** Opens a connection; `Deno.connect` but in tests. */
export type Connect = (address: { hostname: string; port: number }) => Promise<{ close(): void }>;

/** How a host is checked. */
export interface ConnectCheckOptions {
  hostname: string;
  port: number;
  /** ms that connecting may take. */
  timeoutMs: number;
  clock: Clock;
  connect: Connect;
}

/** ms of silence before a check: most servers have begun to answer by then, and never see the bare connection. */
const SILENCE_MS = 1_000;
/** ms for which a host that took a connection is believed to take the next one. */
const TRUSTED_MS = 30_000;

/** Finds out for all requests to one host together whether it takes connections. */
export class ConnectCheck {
  readonly #options: ConnectCheckOptions;
  /** What ends the wait of each request. */
  readonly #waiting = new Set<() => void>();
  #reachedAt = -Infinity;
  #cancelNext: (() => void) | undefined;
  /** The connection that is being opened, and has not been given up. */
  #attempt: object | undefined;

  constructor(options: ConnectCheckOptions) {
    this.#options = options;
  }

  /** Whether the host was reached lately. */
  get isTrusted(): boolean {
    return this.#options.clock.now() - this.#reachedAt < TRUSTED_MS;
  }

  /** Whether there is nothing to be kept of it. */
  get isOver(): boolean {
    return this.#waiting.size === 0 && !this.isTrusted;
  }

  /** Calls `onLate` when no connection was made in time; the returned function calls it off. */
  wait(onLate: () => void): () => void {
    const { clock, timeoutMs } = this.#options;
    const cancel = clock.after(timeoutMs, () => {
      end();
      onLate();
    });
    const end = () => {
      cancel();
      this.#waiting.delete(end);
      if (this.#waiting.size === 0) this.#rest();
    };
    this.#waiting.add(end);
    this.#cancelNext ??= clock.after(SILENCE_MS, () => this.#connect());
    return end;
  }

  /** The host was reached: nobody has to wait for that any more. */
  reached(): void {
    this.#reachedAt = this.#options.clock.now();
    this.#settle();
  }

  /** Who came late into an attempt gets another one: its next packet may be as far away as its last one. */
  #connect(): void {
    const { hostname, port, timeoutMs, clock, connect } = this.#options;
    const attempt = this.#attempt = {};
    this.#cancelNext = clock.after(timeoutMs, () => this.#connect());
    connect({ hostname, port }).then((connection) => {
      connection.close();
      this.reached();
    }, () => {
      // What was refused or has no name is so for the request as well, which says it better.
      if (attempt === this.#attempt) this.#settle();
    });
  }

  #settle(): void {
    for (const end of this.#waiting) end();
  }

  /** An attempt under way goes on until the system gives it up: aborting it leaks the socket, see `http1/connect.ts`. */
  #rest(): void {
    this.#cancelNext?.();
    this.#cancelNext = undefined;
    this.#attempt = undefined;
  }
}
