import { type ChatDelta, type ServerSentEvent, SseParser } from "../shared/mod.ts";
import { AnswerStream } from "./answer_stream.ts";
import type { ByteSource } from "./byte_source.ts";
import type { ErrorContext } from "./error_context.ts";
import { streamError } from "./errors.ts";
import { type ChatChunk, ChatChunkReader } from "./openai_stream.ts";
import { isRecord } from "./prompt.ts";

const EMPTY_LINE = new TextEncoder().encode("\n\n");

/**
 * The deltas of a streamed answer. OpenAI's client could read it too, but in twice the CPU time: by the default reader, for
 * which Deno allocates 64 KiB at every read, and through five layers of async iterators. And it leaves at `[DONE]`, which
 * closes the connection of every server that ends its response a moment later.
 */
export class OpenAIAnswer extends AnswerStream {
  readonly #parser = new SseParser();
  readonly #chunks: ChatChunkReader;
  readonly #context: ErrorContext;

  constructor(open: () => Promise<ByteSource>, context: ErrorContext) {
    super(open);
    this.#context = context;
    this.#chunks = new ChatChunkReader(context);
  }

  protected override take(bytes: Uint8Array<ArrayBuffer> | undefined, deltas: ChatDelta[]): void {
    // Some servers leave out the empty line after the last event.
    for (const event of this.#parser.push(bytes ?? EMPTY_LINE)) {
      if (event.data === "[DONE]") return this.#finish("done", deltas);
      this.#chunks.read(toChunk(event, this.#context), deltas);
    }
    if (!bytes) this.#finish("ended", deltas);
  }

  #finish(state: "done" | "ended", deltas: ChatDelta[]): void {
    this.#chunks.end(deltas);
    this.end(state);
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
