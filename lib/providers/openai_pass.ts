import { type ChatDelta, SseParser } from "../shared/mod.ts";
import { byteReader } from "./byte_reader.ts";
import type { ErrorContext } from "./error_context.ts";
import { cutError, protocolError } from "./errors.ts";
import { toChunk } from "./openai_answer.ts";
import { ChatChunkReader } from "./openai_stream.ts";
import type { RawEvents } from "./provider.ts";
import { readOut } from "./read_out.ts";

/** Several chunks of a model that is ahead of us. */
const BUFFER_BYTES = 16 * 1024;
/** An event that is longer than this is none of Chat Completions. */
const EVENT_BYTES_MAX = 8 * 1024 * 1024;
/** Chunks that have to be read: they end the answer, tell its usage, or an error. Quotes within texts are escaped, so no text looks so. */
const NOTABLE = /"finish_reason":\s*"|"usage":\s*\{|"error":|\[DONE\]|(?:^|\n)event:/;
const ENDED = { done: true, value: undefined } as const;

const latin1 = new TextDecoder("latin1");
const utf8 = new TextDecoder();
const encoder = new TextEncoder();

/**
 * A streamed answer for a caller of the same protocol: whole events go on as the bytes they came as. Only those up to the
 * first word are read, so that an error at the beginning is one, and those that end the answer.
 */
export class OpenAIPass implements AsyncIterableIterator<ChatDelta | RawEvents, undefined> {
  readonly #open: () => Promise<Response>;
  readonly #context: ErrorContext;
  readonly #signal: AbortSignal;
  readonly #includeUsage: boolean;
  readonly #chunks: ChatChunkReader;
  #readBytes: (() => Promise<Uint8Array | undefined>) | undefined;
  /** The beginning of an event whose end has not come yet. */
  #carry: Uint8Array<ArrayBuffer> = new Uint8Array();
  /** Events that were read and have not gone on yet: up to the first word, all of them. */
  #held = "";
  #heldCount = 0;
  #hasBegun = false;
  #items: (ChatDelta | RawEvents)[] = [];
  #next = 0;
  #hasEnded = false;
  /** Whether `[DONE]` came, after which the response ends. */
  #isDone = false;
  #failure: { error: unknown } | undefined;

  /** `includeUsage` where the caller has asked for the usage; the signal's abort closes the response. */
  constructor(
    open: () => Promise<Response>,
    { context, signal, includeUsage }: { context: ErrorContext; signal: AbortSignal; includeUsage: boolean },
  ) {
    this.#open = open;
    this.#context = context;
    this.#signal = signal;
    this.#includeUsage = includeUsage;
    this.#chunks = new ChatChunkReader(context);
  }

  async next(): Promise<IteratorResult<ChatDelta | RawEvents, undefined>> {
    for (;;) {
      const value = this.#items[this.#next++];
      if (value) return { done: false, value };
      if (this.#failure) throw this.#failure.error;
      if (this.#hasEnded) {
        if (this.#isDone && this.#readBytes) await readOut(this.#readBytes);
        return ENDED;
      }
      await this.#read();
    }
  }

  return(): Promise<IteratorResult<ChatDelta | RawEvents, undefined>> {
    this.#hasEnded = true;
    return Promise.resolve(ENDED);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async #read(): Promise<void> {
    this.#readBytes ??= byteReader(await this.#openBody(), BUFFER_BYTES, this.#signal);
    const bytes = await this.#readBytes();
    this.#items = [];
    this.#next = 0;
    try {
      if (bytes) this.#take(bytes);
      else this.#end();
    } catch (error) {
      // What came before it is handed out first.
      this.#release();
      this.#failure = { error };
    }
  }

  #take(bytes: Uint8Array): void {
    const data = this.#carry.length === 0 ? bytes : joined(this.#carry, bytes);
    const scanned = latin1.decode(data);
    const end = boundary(scanned);
    this.#carry = data.slice(end);
    if (this.#carry.length > EVENT_BYTES_MAX) throw protocolError("an event is too long", this.#context);
    if (end === 0) return;
    const events = scanned.slice(0, end);
    if (!this.#hasBegun || NOTABLE.test(events)) return this.#readEvents(data.subarray(0, end));
    this.#items.push({ type: "raw", bytes: data.slice(0, end), count: countOf(events) });
  }

  /** The end of the response, where no `[DONE]` came. Some servers leave out the empty line after the last event. */
  #end(): void {
    if (this.#carry.length > 0) this.#readEvents(joined(this.#carry, encoder.encode("\n\n")));
    this.#carry = new Uint8Array();
    if (!this.#hasEnded) this.#finish();
  }

  #finish(): void {
    this.#hasEnded = true;
    const deltas: ChatDelta[] = [];
    this.#chunks.end(deltas);
    this.#items.push(...deltas);
  }

  #readEvents(bytes: Uint8Array): void {
    for (const block of utf8.decode(bytes).split(/\r?\n\r?\n/)) {
      if (block === "") continue;
      // Of what came at once with the first word or the end, too, only what matters is read.
      if (this.#hasBegun && !NOTABLE.test(block)) this.#hold(`${block}\n\n`);
      else if (this.#readEvent(block)) return;
    }
    this.#release();
  }

  /** True at the end of the answer. */
  #readEvent(block: string): boolean {
    for (const event of new SseParser().push(encoder.encode(`${block}\n\n`))) {
      if (event.data === "[DONE]") {
        this.#isDone = true;
        this.#release();
        this.#finish();
        return true;
      }
      const chunk = toChunk(event, this.#context);
      const deltas: ChatDelta[] = [];
      try {
        this.#chunks.read(chunk, deltas);
      } finally {
        this.#hasBegun ||= deltas.length > 0;
        const isUsageAlone = Boolean(chunk.usage) && !chunk.choices?.length;
        if (!isUsageAlone || this.#includeUsage) this.#hold(`${block}\n\n`);
      }
      const finish = deltas.find(({ type }) => type === "finish");
      if (!finish) continue;
      this.#release();
      this.#items.push(finish);
    }
    return false;
  }

  #hold(text: string): void {
    this.#held += text;
    this.#heldCount++;
  }

  /** What is held goes on, unless nothing but beginnings has come. */
  #release(): void {
    if (!this.#hasBegun || this.#held === "") return;
    this.#items.push({ type: "raw", bytes: encoder.encode(this.#held), count: this.#heldCount });
    this.#held = "";
    this.#heldCount = 0;
  }

  async #openBody(): Promise<ReadableStream<Uint8Array>> {
    const { body } = await this.#open();
    if (!body) throw cutError(this.#context);
    return body;
  }
}

/** Where the last whole event ends; 0 where none does. */
function boundary(text: string): number {
  const end = text.lastIndexOf("\n\n");
  if (end >= 0) return end + 2;
  const crlf = text.lastIndexOf("\r\n\r\n");
  return crlf < 0 ? 0 : crlf + 4;
}

function countOf(events: string): number {
  let count = 0;
  for (let at = events.indexOf("data:"); at >= 0; at = events.indexOf("\ndata:", at + 5)) count++;
  return count;
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(a.length + b.length);
  bytes.set(a);
  bytes.set(b, a.length);
  return bytes;
}
