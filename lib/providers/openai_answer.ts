import { type ChatDelta, type ServerSentEvent, SseParser } from "../shared/mod.ts";
import type { ByteSource } from "./byte_source.ts";
import type { ErrorContext } from "./error_context.ts";
import { streamError } from "./errors.ts";
import { type ChatChunk, ChatChunkReader } from "./openai_stream.ts";
import { isRecord } from "./prompt.ts";
import { readOut } from "./read_out.ts";

const EMPTY_LINE = new TextEncoder().encode("\n\n");
const ENDED = { done: true, value: undefined } as const;

/**
 * The deltas of a streamed answer. OpenAI's client could read it too, but in twice the CPU time: by the default reader, for
 * which Deno allocates 64 KiB at every read, and through five layers of async iterators. And it leaves at `[DONE]`, which
 * closes the connection of every server that ends its response a moment later.
 */
export class OpenAIAnswer implements AsyncIterableIterator<ChatDelta, undefined> {
  readonly #open: () => Promise<ByteSource>;
  readonly #parser = new SseParser();
  readonly #chunks: ChatChunkReader;
  readonly #context: ErrorContext;
  #source: ByteSource | undefined;
  #deltas: ChatDelta[] = [];
  #next = 0;
  #state: "open" | "done" | "ended" = "open";
  #failure: { error: unknown } | undefined;

  constructor(open: () => Promise<ByteSource>, context: ErrorContext) {
    this.#open = open;
    this.#context = context;
    this.#chunks = new ChatChunkReader(context);
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

  async #read(): Promise<void> {
    this.#source ??= await this.#open();
    const bytes = await this.#source.read();
    this.#deltas = [];
    this.#next = 0;
    try {
      // Some servers leave out the empty line after the last event.
      for (const event of this.#parser.push(bytes ?? EMPTY_LINE)) {
        if (event.data === "[DONE]") return this.#end("done");
        this.#chunks.read(toChunk(event, this.#context), this.#deltas);
      }
      if (!bytes) this.#end("ended");
    } catch (error) {
      // What came before it is handed out first.
      this.#failure = { error };
    }
  }

  #end(state: "done" | "ended"): void {
    this.#chunks.end(this.#deltas);
    this.#state = state;
  }

  async #readOut(): Promise<void> {
    this.#state = "ended";
    if (this.#source) await readOut(this.#source);
  }
}

/** The chunk in an event. Throws the typed error that the event tells. */
export function toChunk({ event, data = "" }: ServerSentEvent, context: ErrorContext): ChatChunk {
  const chunk: unknown = JSON.parse(data);
  const error = isRecord(chunk) ? chunk.error : undefined;
  if (event === "error") throw streamError({ error: error ?? chunk }, context);
  if (error) throw streamError({ error }, context);
  return chunk as ChatChunk;
}
