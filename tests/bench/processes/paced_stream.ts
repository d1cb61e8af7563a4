import { firstEvent, join, lastEvents, pieceEvent } from "./upstream_events.ts";
import { numberedPiece, type UpstreamModel } from "./upstream_models.ts";

const encoder = new TextEncoder();
const HEAD =
  "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream; charset=utf-8\r\ntransfer-encoding: chunked\r\n\r\n";

/** The bytes of a whole streamed answer, which all streams share, with where each of its steps ends. */
export interface Script {
  bytes: Uint8Array;
  /** The head with the first event, then a piece each, then the end of the stream. */
  ends: readonly number[];
}

/** Makes the answer of a model, its pieces by `numberedPiece`. */
export function scriptOf(model: UpstreamModel, hasUsage: boolean): Script {
  const steps = [
    join([encoder.encode(HEAD), frame(firstEvent(model))]),
    ...Array.from({ length: model.pieces }, (_, i) => frame(pieceEvent(model, numberedPiece(i)))),
    join([frame(lastEvents(model, hasUsage)), frame(new Uint8Array())]),
  ];
  let end = 0;
  return { bytes: join(steps), ends: steps.map(({ length }) => end += length) };
}

/** One answer under way. A step that is due while the last ones are still being sent goes out with the next write. */
export class PacedStream {
  /** Settles when all has been sent, or the client is gone. */
  readonly ended: Promise<void>;
  readonly #script: Script;
  readonly #send: (bytes: Uint8Array) => Promise<boolean>;
  readonly #end = Promise.withResolvers<void>();
  #steps = 0;
  #due = 0;
  #sent = 0;
  #isSending = false;

  constructor(script: Script, send: (bytes: Uint8Array) => Promise<boolean>) {
    this.#script = script;
    this.#send = send;
    this.ended = this.#end.promise;
  }

  /** The next step is due; returns whether there are more. */
  step(): boolean {
    this.#due = this.#script.ends[this.#steps++] ?? this.#due;
    if (!this.#isSending) this.#flush().catch(this.#end.reject);
    return this.#steps < this.#script.ends.length;
  }

  async #flush(): Promise<void> {
    this.#isSending = true;
    while (this.#sent < this.#due) {
      const start = this.#sent;
      this.#sent = this.#due;
      if (await this.#send(this.#script.bytes.subarray(start, this.#sent))) continue;
      this.#steps = this.#script.ends.length;
      this.#end.resolve();
      return;
    }
    this.#isSending = false;
    if (this.#sent === this.#script.bytes.length) this.#end.resolve();
  }
}

function frame(bytes: Uint8Array): Uint8Array {
  return join([encoder.encode(`${bytes.length.toString(16)}\r\n`), bytes, encoder.encode("\r\n")]);
}
