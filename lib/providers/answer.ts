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
      const deltas = guard(call, read(call));
      return {
        next: () => deltas.next(),
        return: () => {
          call.close();
          return deltas.return(undefined);
        },
        throw: (error) => {
          call.close();
          return deltas.throw(error);
        },
        [Symbol.asyncIterator]() {
          return this;
        },
      };
    },
  };
}

/** Ends well only after a `finish`; turns every error into a typed one. */
async function* guard(call: Call, deltas: AsyncIterable<ChatDelta>): AsyncGenerator<ChatDelta, undefined> {
  let finished = false;
  try {
    for await (const delta of deltas) {
      if (delta.type === "finish") finished = true;
      yield delta;
    }
    if (!finished) throw cutError(call.context);
  } catch (error) {
    if (call.closed) return;
    const typed = call.error(error);
    // All of the answer is there; only its usage may be missing.
    if (finished && typed.code !== "cancelled") return;
    throw typed;
  } finally {
    call.close();
  }
}
