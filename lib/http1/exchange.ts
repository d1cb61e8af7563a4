import { BodyReader } from "./body_reader.ts";
import type { Connection } from "./connection.ts";
import { ConnectionError } from "./errors.ts";
import { framingOf } from "./framing.ts";
import { readHead } from "./head_reader.ts";
import type { Field } from "./head_parser.ts";
import { type Outgoing, writeRequest } from "./request_writer.ts";

/** The final response to a request, its body still to be read. */
export interface Incoming {
  status: number;
  statusText: string;
  fields: Field[];
  body: BodyReader;
}

/** What becomes of the connection after the exchange; by then it has been closed where it cannot be kept. */
export type Keep = (connection: Connection, keepAliveMs: number | undefined) => void;

/**
 * Sends a request and reads the head of its response; both go on at once, for a server may answer before it has read all. The
 * connection is closed on any error, on abort up to the end of the body, and where the body is not read.
 */
export async function exchange(
  connection: Connection,
  outgoing: Outgoing,
  signal: AbortSignal | undefined,
  keep: Keep,
): Promise<Incoming> {
  const abort = () => connection.destroy(signal?.reason);
  signal?.addEventListener("abort", abort, { once: true });
  let isSent = false;
  connection.begin();
  const sending = writeRequest(connection, outgoing).then(() => {
    isSent = true;
  }, (error) => {
    // A socket that takes no more may still hold the answer that says why.
    if (!(error instanceof ConnectionError)) connection.destroy(error);
  });
  try {
    const head = await readHead(connection);
    const { length, isPersistent, keepAliveMs } = framingOf(head, outgoing.method);
    const onEnd = (isClean: boolean) => {
      signal?.removeEventListener("abort", abort);
      if (isClean && isPersistent && isSent) keep(connection, keepAliveMs);
      else connection.destroy(new ConnectionError("Connection is not kept"));
    };
    return { ...head, body: new BodyReader(connection, length, onEnd) };
  } catch (error) {
    signal?.removeEventListener("abort", abort);
    connection.destroy(error);
    // Whether the system took any of it decides about another try. A stream, which gets none, could keep this waiting.
    if (!(outgoing.payload instanceof ReadableStream)) await sending;
    throw error;
  }
}
