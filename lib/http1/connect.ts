import type { Clock } from "../host/mod.ts";
import { ConnectionError } from "./errors.ts";
import type { Origin } from "./origin.ts";

/** Opens a socket, by whichever address of the host answers first. Rejects with the reason of the signal, or a ConnectionError. */
export async function connect(
  { key, hostname, port }: Origin,
  timeoutMs: number,
  clock: Clock,
  signals: AbortSignal[],
): Promise<Deno.TcpConn> {
  const controller = new AbortController();
  const listeners = signals.map((signal) => {
    const abort = () => controller.abort(signal.reason);
    signal.addEventListener("abort", abort, { once: true });
    return () => signal.removeEventListener("abort", abort);
  });
  const cancelTimer = clock.after(timeoutMs, () => {
    controller.abort(new ConnectionError(`Cannot connect to ${key}: timed out after ${timeoutMs} ms`));
  });
  try {
    const aborted = signals.find((signal) => signal.aborted);
    if (aborted) throw aborted.reason;
    return await untilAborted(Deno.connect({ hostname, port }), controller.signal);
  } catch (error) {
    if (controller.signal.aborted) throw controller.signal.reason;
    if (signals.some(({ aborted }) => aborted)) throw error;
    const said = error instanceof Error ? error.message : String(error);
    throw new ConnectionError(`Cannot connect to ${key}: ${said}`, { cause: error });
  } finally {
    cancelTimer();
    for (const remove of listeners) remove();
  }
}

/**
 * Rejects on abort; the socket that comes of it after all is closed. The attempt itself goes on until the system gives it up:
 * `Deno.connect` of Deno 2.9.6 leaks the socket where its own signal is aborted just when the connection is made.
 */
function untilAborted(connecting: Promise<Deno.TcpConn>, signal: AbortSignal): Promise<Deno.TcpConn> {
  return new Promise((resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    connecting.then((socket) => {
      if (signal.aborted) socket.close();
      else resolve(socket);
    }, reject);
  });
}
