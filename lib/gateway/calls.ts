import { FreshetError } from "../shared/mod.ts";

/** A request that is being answered. */
export interface Call {
  /** Aborted when the client leaves or the gateway closes. */
  readonly signal: AbortSignal;
  /** Ends the call, as when the reader of its stream leaves. */
  abort(): void;
  /** Says that the call has ended. */
  end(): void;
}

/** The requests that are being answered. */
export class Calls {
  #open = new Set<AbortController>();
  #closed: FreshetError | undefined;
  #onIdle: (() => void) | undefined;

  /**
   * Begins a call for a client; throws once the gateway is closed. `onRevoked` takes what ends the call when its key is no good
   * any more, and returns what calls that off.
   */
  open(client: AbortSignal, onRevoked?: (end: () => void) => () => void): Call {
    if (this.#closed) throw this.#closed;
    const controller = new AbortController();
    const abort = () => controller.abort();
    if (client.aborted) abort();
    client.addEventListener("abort", abort, { once: true });
    this.#open.add(controller);
    const calledOff = onRevoked?.(() =>
      controller.abort(new FreshetError("unauthorized", "The API key was revoked or has expired"))
    );
    return {
      signal: controller.signal,
      abort,
      end: () => {
        client.removeEventListener("abort", abort);
        calledOff?.();
        this.#open.delete(controller);
        if (this.#open.size === 0) this.#onIdle?.();
      },
    };
  }

  /** Ends all calls with the error and waits until they have. */
  async close(reason: FreshetError): Promise<void> {
    this.#closed = reason;
    if (this.#open.size === 0) return;
    const idle = new Promise<void>((resolve) => this.#onIdle = resolve);
    for (const controller of this.#open) controller.abort(reason);
    await idle;
  }
}
