import { type ChatDelta, SseParser } from "../shared/mod.ts";
import type { ErrorContext } from "./error_context.ts";
import { toChunk } from "./openai_answer.ts";
import { ChatChunkReader } from "./openai_stream.ts";

/** Errors in an answer are found by who passes it on, with the name of its server. */
const CONTEXT: ErrorContext = { kind: "openai", endpoint: { nodeId: "", baseUrl: "" } };

/** The deltas in the raw events of one answer, for who wants to know them after all: without a step of a generator for each. */
export class RawReader {
  readonly #parser = new SseParser();
  readonly #chunks = new ChatChunkReader(CONTEXT);

  /** The deltas of further events. */
  read(bytes: Uint8Array): ChatDelta[] {
    const deltas: ChatDelta[] = [];
    for (const event of this.#parser.push(bytes)) this.#chunks.read(toChunk(event, CONTEXT), deltas);
    return deltas;
  }
}
