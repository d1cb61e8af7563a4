import type { ChatDelta } from "../shared/mod.ts";
import type { Call } from "./call.ts";
import { cutError } from "./errors.ts";

/**
 * A streamed answer over a call. Its iterator closes the connection at once on `return()`, even while a `next()` waits for
 * the server: a plain async generator would queue the `return()` behind it.
 */
export function streamAnswer(
  open: () => Call,
  read: (call: Call) => AsyncIterable<ChatDelta>,
): AsyncIterable<ChatDelta> {
  return {
    [Symbol.asyncIterator](): AsyncIterableIterator<ChatDelta> {
      const call = open();
      return new GuardedAnswer(call, read(call)[Symbol.asyncIterator]());
    },
  };
}

/**
 * Ends well only after a `finish`; turns every error into a typed one. By hand, since every token passes here: a step of an
 * async generator takes several turns of the microtask queue.
 */
class GuardedAnswer implements AsyncIterableIterator<ChatDelta, undefined> {
  readonly #call: Call;
  readonly #deltas: AsyncIterator<ChatDelta>;
  #isFinished = false;
  #hasEnded = false;

  constructor(call: Call, deltas: AsyncIterator<ChatDelta>) {
    this.#call = call;
    this.#deltas = deltas;
  }

  async next(): Promise<IteratorResult<ChatDelta, undefined>> {
    if (this.#hasEnded) return this.#end();
    try {
      const result = await this.#deltas.next();
      if (this.#call.closed) return this.#end();
      if (result.done && !this.#isFinished) throw cutError(this.#call.context);
      if (result.done) return this.#end();
      if (result.value.type === "finish") this.#isFinished = true;
      return result;
    } catch (error) {
      return this.#fail(error);
    }
  }

  async return(): Promise<IteratorResult<ChatDelta, undefined>> {
    const ended = this.#end();
    await this.#deltas.return?.();
    return ended;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #fail(error: unknown): IteratorResult<ChatDelta, undefined> {
    if (this.#call.closed) return this.#end();
    const typed = this.#call.error(error);
    const ended = this.#end();
    // All of the answer is there; only its usage may be missing.
    if (this.#isFinished && typed.code !== "cancelled") return ended;
    throw typed;
  }

  #end(): IteratorResult<ChatDelta, undefined> {
    this.#hasEnded = true;
    this.#call.close();
    return { done: true, value: undefined };
  }
}
