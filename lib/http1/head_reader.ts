import type { Connection } from "./connection.ts";
import { ConnectionError, ProtocolError } from "./errors.ts";
import { parseHead, type ResponseHead } from "./head_parser.ts";
import { MAX_HEAD_BYTES, MAX_INFORMATIONAL } from "./limits.ts";

const LF = 10;
const CR = 13;
const PREFIX = new TextEncoder().encode("HTTP/1.");

/** Reads up to the head of the final response: informational ones are skipped, an upgrade is refused. */
export async function readHead(connection: Connection): Promise<ResponseHead> {
  for (let informational = 0; informational <= MAX_INFORMATIONAL; informational++) {
    const length = await headLength(connection);
    const head = parseHead(connection.buffer.subarray(connection.start, connection.start + length));
    connection.start += length;
    if (head.status === 101) throw new ProtocolError("Cannot read response: nobody asked for an upgrade");
    if (head.status >= 200) return head;
  }
  throw new ProtocolError(`Cannot read response: more than ${MAX_INFORMATIONAL} informational ones`);
}

/** Waits for a whole head and returns its length in bytes, the empty line included. */
async function headLength(connection: Connection): Promise<number> {
  // Both count from `start`, for `fill` may move what was read.
  let line = 0;
  let seen = 0;
  for (;;) {
    const held = connection.buffer.subarray(connection.start, connection.end);
    refuseOtherProtocol(held);
    for (let at = held.indexOf(LF, seen); at >= 0; at = held.indexOf(LF, line)) {
      if (at >= MAX_HEAD_BYTES) break;
      if (at === line || held[at - 1] !== CR) throw new ProtocolError("Cannot parse head: LF without CR");
      if (at === line + 1) return at + 1;
      line = at + 1;
    }
    if (held.length >= MAX_HEAD_BYTES) {
      throw new ProtocolError(`Cannot parse head: it has more than ${MAX_HEAD_BYTES} bytes`);
    }
    seen = held.length;
    if (!await connection.fill()) {
      throw new ConnectionError("Connection closed before message completed");
    }
  }
}

/** A server of another protocol may send a greeting and then wait for ever. */
function refuseOtherProtocol(held: Uint8Array): void {
  for (let i = 0; i < PREFIX.length && i < held.length; i++) {
    if (held[i] !== PREFIX[i]) throw new ProtocolError("Cannot parse head: this is not HTTP/1");
  }
}
