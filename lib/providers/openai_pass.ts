import { Buffer } from "node:buffer";
import { type ChatDelta, type ServerSentEvent, SseParser } from "../shared/mod.ts";
import type { ByteSource } from "./byte_source.ts";
import type { ErrorContext } from "./error_context.ts";
import { protocolError } from "./errors.ts";
import { toChunk } from "./openai_answer.ts";
import { ChatChunkReader } from "./openai_stream.ts";
import type { PassOptions } from "./provider.ts";
import { readOut } from "./read_out.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** An event that is longer than this is none of Chat Completions. */
const EVENT_BYTES_MAX = 8 * 1024 * 1024;
/** Chunks that have to be read: they end the answer, tell its usage, or an error. Quotes within texts are escaped, so no text looks so. */
const NOTABLE = /"finish_reason":\s*"|"usage":\s*\{|"error":|\[DONE\]|^event:/gm;
const ENDED = { done: true, value: undefined } as const;
const EMPTY: Bytes = new Uint8Array();

const utf8 = new TextDecoder();
const encoder = new TextEncoder();

/**
 * A streamed answer for a caller of the same protocol: whole events go on as the bytes they came as. Only those up to the
 * first word are read, so that an error at the beginning is one, and those that end the answer.
 */
export class OpenAIPass implements AsyncIterableIterator<ChatDelta, undefined> {
  readonly #open: () => Promise<ByteSource>;
  readonly #context: ErrorContext;
  readonly #options: Pick<PassOptions, "includeUsage" | "write">;
  readonly #chunks: ChatChunkReader;
  #source: ByteSource | undefined;
  /** The beginning of an event whose end has not come yet. */
  #carry = EMPTY;
  /** Events that were read and have not gone on yet: up to the first word, all of them. */
  #held: Bytes[] = [];
  #heldCount = 0;
  #hasBegun = false;
  /** Set while the caller wants nothing further. */
  #full: Promise<void> | undefined;
  #deltas: ChatDelta[] = [];
  #hasEnded = false;
  /** Whether `[DONE]` came, after which the response ends. */
  #isDone = false;
  #failure: { error: unknown } | undefined;

  constructor(
    open: () => Promise<ByteSource>,
    context: ErrorContext,
    options: Pick<PassOptions, "includeUsage" | "write">,
  ) {
    this.#open = open;
    this.#context = context;
    this.#options = options;
    this.#chunks = new ChatChunkReader(context);
  }

  async next(): Promise<IteratorResult<ChatDelta, undefined>> {
    for (;;) {
      const value = this.#deltas.shift();
      if (value) return { done: false, value };
      if (this.#failure) throw this.#failure.error;
      if (this.#hasEnded) {
        if (this.#isDone && this.#source) await readOut(this.#source);
        return ENDED;
      }
      await this.#read();
    }
  }

  return(): Promise<IteratorResult<ChatDelta, undefined>> {
    this.#hasEnded = true;
    return Promise.resolve(ENDED);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async #read(): Promise<void> {
    this.#source ??= await this.#open();
    const bytes = await this.#source.read();
    try {
      if (bytes) this.#take(bytes);
      else this.#end();
    } catch (error) {
      // What came before it goes on first.
      this.#release();
      this.#failure = { error };
    }
    if (!this.#full) return;
    await this.#full;
    this.#full = undefined;
  }

  #take(bytes: Bytes): void {
    const data = this.#carry.length === 0 ? bytes : joined(this.#carry, bytes);
    // One character for each byte, so that what is found in the text is there in the bytes.
    const scanned = Buffer.from(data.buffer, data.byteOffset, data.length).toString("latin1");
    const end = lastBoundary(scanned);
    this.#carry = end === data.length ? EMPTY : data.subarray(end);
    if (this.#carry.length > EVENT_BYTES_MAX) throw protocolError("an event is too long", this.#context);
    if (end === 0) return;
    const events = end === scanned.length ? scanned : scanned.slice(0, end);
    const bytesOfEvents = data.subarray(0, end);
    if (!this.#hasBegun || notableIn(events, 0) >= 0) return this.#readEvents(bytesOfEvents, events);
    this.#full = this.#options.write(bytesOfEvents, countOf(events));
  }

  /** The end of the response, where no `[DONE]` came. Some servers leave out the empty line after the last event. */
  #end(): void {
    if (this.#carry.length > 0) this.#take(encoder.encode("\n\n"));
    if (!this.#hasEnded) this.#finish();
  }

  #finish(): void {
    this.#hasEnded = true;
    const deltas: ChatDelta[] = [];
    this.#chunks.end(deltas);
    this.#deltas.push(...deltas);
  }

  /** Goes through whole events; `scanned` has a character for each of their bytes. */
  #readEvents(bytes: Bytes, scanned: string): void {
    // Looking for what is nowhere would go through all of it for each event.
    const hasCr = scanned.includes("\r");
    for (let start = 0; start < scanned.length;) {
      // Of what came at once with the first word or the end, too, only what matters is read.
      const notable = this.#hasBegun ? notableIn(scanned, start) : start;
      const from = notable < 0 ? scanned.length : Math.max(start, boundaryBefore(scanned, notable, hasCr));
      if (from > start) this.#hold(bytes.subarray(start, from), countOf(scanned.slice(start, from)));
      if (from === scanned.length) break;
      start = boundaryAfter(scanned, from, hasCr);
      if (this.#readEvent(bytes.subarray(from, start))) return;
    }
    this.#release();
  }

  /** True at the end of the answer. */
  #readEvent(bytes: Bytes): boolean {
    const event = eventOf(bytes);
    if (!event) return false;
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
      if (!isUsageAlone || this.#options.includeUsage) this.#hold(bytes, 1);
    }
    const finish = deltas.find(({ type }) => type === "finish");
    if (finish) {
      this.#release();
      this.#deltas.push(finish);
    }
    return false;
  }

  #hold(events: Bytes, count: number): void {
    this.#heldCount += count;
    const last = this.#held.at(-1);
    // What lies side by side goes on in one piece.
    if (last && last.buffer === events.buffer && last.byteOffset + last.length === events.byteOffset) {
      const length = last.length + events.length;
      this.#held[this.#held.length - 1] = new Uint8Array(last.buffer, last.byteOffset, length);
    } else this.#held.push(events);
  }

  /** What is held goes on, unless nothing but beginnings has come. */
  #release(): void {
    if (!this.#hasBegun || this.#held.length === 0) return;
    this.#full = this.#options.write(joined(...this.#held), this.#heldCount);
    this.#held = [];
    this.#heldCount = 0;
  }
}

/** Nearly always an event is one line, which is read without the parser's state. */
function eventOf(bytes: Bytes): ServerSentEvent | undefined {
  const text = utf8.decode(bytes);
  const line = text.trimEnd();
  if (line.startsWith("data: ") && !/[\r\n]/.test(line)) return { data: line.slice("data: ".length) };
  return new SseParser().push(bytes)[0];
}

/** Where the last whole event ends; 0 where none does. */
function lastBoundary(text: string): number {
  if (text.endsWith("\n\n")) return text.length;
  const lf = text.lastIndexOf("\n\n");
  const crlf = text.includes("\r") ? text.lastIndexOf("\n\r\n") : -1;
  return Math.max(lf < 0 ? 0 : lf + 2, crlf < 0 ? 0 : crlf + 3);
}

/** Where something notable is, from `start` on; -1 where nothing is. */
function notableIn(events: string, start: number): number {
  NOTABLE.lastIndex = start;
  return NOTABLE.exec(events)?.index ?? -1;
}

/** Where the event begins that `at` lies in. */
function boundaryBefore(text: string, at: number, hasCr: boolean): number {
  const lf = text.lastIndexOf("\n\n", at - 1);
  const crlf = hasCr ? text.lastIndexOf("\n\r\n", at - 1) : -1;
  return Math.max(lf < 0 ? 0 : lf + 2, crlf < 0 ? 0 : crlf + 3);
}

/** Where the event ends that begins at `start`. */
function boundaryAfter(text: string, start: number, hasCr: boolean): number {
  const lf = text.indexOf("\n\n", start);
  const crlf = hasCr ? text.indexOf("\n\r\n", start) : -1;
  if (crlf >= 0 && (lf < 0 || crlf < lf)) return crlf + 3;
  return lf < 0 ? text.length : lf + 2;
}

function countOf(events: string): number {
  let count = 0;
  for (let at = events.indexOf("data:"); at >= 0; at = events.indexOf("\ndata:", at + 5)) count++;
  return count;
}

function joined(...parts: readonly Bytes[]): Bytes {
  const [only] = parts;
  if (parts.length === 1 && only) return only;
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
