import { type ChatDelta, type FreshetError, toFreshetError } from "../shared/mod.ts";
import { ChunkEncoder, DONE, encodeError, KEEP_ALIVE } from "./chunk_encoder.ts";
import { type AnswerOptions, type Completion, type Ended, follow, nodeHeaders } from "./completion.ts";
import { HeldBody } from "./held_body.ts";
import { MessageBuilder } from "./message_builder.ts";
import { toOpenAiError } from "./openai_error.ts";
import { toUsageBody } from "./usage_body.ts";

/** What a stream needs. */
export interface StreamOptions extends AnswerOptions {
  includeUsage: boolean;
  includeMessage: boolean;
}

const HEADERS = {
  "content-type": "text/event-stream; charset=utf-8",
  // Compressing and buffering proxies would hold back deltas.
  "cache-control": "no-cache, no-transform",
  "x-accel-buffering": "no",
};

/**
 * The answer as a stream of server-sent events. Throws a `FreshetError` for what fails before the headers went out; what
 * fails later is told in the stream, which then ends without a finish reason and without `[DONE]`.
 */
export async function streamCompletion(completion: Completion, options: StreamOptions): Promise<Response> {
  const stream = new CompletionStream(completion, options);
  await stream.opened;
  return new Response(stream.readable, { headers: { ...HEADERS, ...nodeHeaders(stream.node) } });
}

class CompletionStream {
  /** The name of the node that is asked. */
  node = "";
  #completion: Completion;
  #options: StreamOptions;
  #held: HeldBody;
  #chunks: ChunkEncoder;
  #message: MessageBuilder | undefined;
  #started = false;
  /** Whether the node's own events are sent on. */
  #isRaw = false;
  #failing = Promise.withResolvers<never>();

  constructor(completion: Completion, options: StreamOptions) {
    this.#completion = completion;
    this.#options = options;
    this.#held = new HeldBody({ ...options, filler: KEEP_ALIVE, onCancel: () => completion.call.abort() });
    this.#chunks = new ChunkEncoder({ ...completion, includeUsage: options.includeUsage });
    if (options.includeMessage) this.#message = new MessageBuilder();
    void this.#run();
  }

  /** Resolves when the headers may go out, rejects where the answer failed before. */
  get opened(): Promise<void> {
    return Promise.race([this.#held.opened, this.#failing.promise]);
  }

  get readable(): ReadableStream<Uint8Array<ArrayBuffer>> {
    return this.#held.readable;
  }

  async #run(): Promise<void> {
    try {
      this.#finish(
        await follow(this.#completion, {
          onNode: (name) => this.node = name,
          onDelta: (delta) => this.#write(delta),
          onRaw: (bytes) => {
            this.#isRaw = true;
            return this.#held.writeBytes(bytes);
          },
        }),
      );
    } catch (cause) {
      this.#fail(toFreshetError(cause));
    } finally {
      this.#held.stop();
      this.#completion.call.end();
    }
  }

  #write(delta: ChatDelta): Promise<void> | undefined {
    const chunk = this.#chunks.delta(delta);
    if (chunk === "") {
      // The node loads its model: it has taken the request, and it may take minutes.
      this.#held.open();
      return undefined;
    }
    this.#message?.add(delta);
    return this.#held.write(this.#start() + chunk);
  }

  #start(): string {
    if (this.#started) return "";
    this.#started = true;
    return this.#chunks.start();
  }

  #finish({ reason, usage }: Ended): void {
    if (this.#isRaw) {
      // What the server did not tell is told by us.
      const owed = this.#options.includeUsage && usage.estimated;
      this.#held.write((owed ? this.#chunks.usage(toUsageBody(usage), undefined) : "") + DONE);
      return this.#held.end();
    }
    const message = this.#message?.build();
    let text = this.#start() + this.#chunks.finish(reason, message);
    if (this.#options.includeUsage) text += this.#chunks.usage(toUsageBody(usage), message);
    this.#held.write(text + DONE);
    this.#held.end();
  }

  #fail(error: FreshetError): void {
    if (!this.#held.isOpen) return this.#failing.reject(error);
    this.#options.onLateError(error);
    this.#held.write(encodeError(toOpenAiError(error)));
    this.#held.end();
  }
}
