import type { ChatDelta } from "../shared/mod.ts";
import type { ByteSource } from "./byte_source.ts";
import { readOut } from "./read_out.ts";

const ENDED = { done: true, value: undefined } as const;

/** What comes of a streamed answer, as its bytes are read: each piece only once what came of the one before was taken. */
export abstract class AnswerStream implements AsyncIterableIterator<ChatDelta, undefined> {
  readonly #open: () => Promise<ByteSource>;
  #source: ByteSource | undefined;
  #deltas: ChatDelta[] = [];
  #next = 0;
  #state: "open" | "done" | "ended" = "open";
  #failure: { error: unknown } | undefined;

  /** `open` begins the answer when the first of it is asked for. */
  constructor(open: () => Promise<ByteSource>) {
    this.#open = open;
  }

  async next(): Promise<IteratorResult<ChatDelta, undefined>> {
    for (;;) {
      const value = this.#deltas[this.#next++];
      if (value) return { done: false, value };
      if (this.#failure) throw this.#failure.error;
      if (this.#state === "done") await this.#readOut();
      if (this.#state === "ended") return ENDED;
      await this.#read();
    }
  }

  return(): Promise<IteratorResult<ChatDelta, undefined>> {
    this.#state = "ended";
    return Promise.resolve(ENDED);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** Whether nothing of the answer is read any more. */
  protected get hasEnded(): boolean {
    return this.#state !== "open";
  }

  /** Adds to `deltas` what comes of the next bytes, or of their end; what came before a failure is handed out first. */
  protected abstract take(bytes: Uint8Array<ArrayBuffer> | undefined, deltas: ChatDelta[]): void;

  /** What has to be waited for before more is read. */
  protected room(): Promise<void> | undefined {
    return undefined;
  }

  /** Ends the answer; `done` where its protocol said so, so that its response ends in a moment. */
  protected end(state: "done" | "ended"): void {
    this.#state = state;
  }

  async #read(): Promise<void> {
    this.#source ??= await this.#open();
    const bytes = await this.#source.read();
    this.#deltas = [];
    this.#next = 0;
    try {
      this.take(bytes, this.#deltas);
    } catch (error) {
      this.#failure = { error };
    }
    const room = this.room();
    if (room) await room;
  }

  /** A response that is read to its end leaves its connection to the next request. */
  async #readOut(): Promise<void> {
    this.#state = "ended";
    if (this.#source) await readOut(this.#source);
  }
}
