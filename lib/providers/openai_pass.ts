import { Buffer } from "node:buffer";
import { type ChatDelta, type ServerSentEvent, SseParser } from "../shared/mod.ts";
import { AnswerStream } from "./answer_stream.ts";
import type { ByteSource } from "./byte_source.ts";
import type { ErrorContext } from "./error_context.ts";
import { protocolError } from "./errors.ts";
import { toChunk } from "./openai_answer.ts";
import { ChatChunkReader } from "./openai_stream.ts";
import type { PassOptions } from "./provider.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** An event that is longer than this is none of Chat Completions. */
const EVENT_BYTES_MAX = 8 * 1024 * 1024;
/** Chunks that have to be read: they end the answer, tell its usage, or an error. Quotes within texts are escaped, so no text looks so. */
const NOTABLE = /"finish_reason":\s*"|"usage":\s*\{|"error":|\[DONE\]|^event:/gm;
const EMPTY: Bytes = new Uint8Array();

const utf8 = new TextDecoder();
const encoder = new TextEncoder();

/**
 * A streamed answer for a caller of the same protocol: whole events go on as the bytes they came as. Only those up to the
 * first word are read, so that an error at the beginning is one, and those that end the answer.
 */
export class OpenAIPass extends AnswerStream {
  readonly #context: ErrorContext;
  readonly #options: Pick<PassOptions, "includeUsage" | "write">;
  readonly #chunks: ChatChunkReader;
  /** The beginning of an event whose end has not come yet. */
  #carry = EMPTY;
  /** Events that were read and have not gone on yet: up to the first word, all of them. */
  #held: Bytes[] = [];
  #heldCount = 0;
  #hasBegun = false;
  /** Set while the caller wants nothing further. */
  #full: Promise<void> | undefined;

  constructor(
    open: () => Promise<ByteSource>,
    context: ErrorContext,
    options: Pick<PassOptions, "includeUsage" | "write">,
  ) {
    super(open);
    this.#context = context;
    this.#options = options;
    this.#chunks = new ChatChunkReader(context);
  }

  protected override take(bytes: Bytes | undefined, deltas: ChatDelta[]): void {
    try {
      if (bytes) this.#take(bytes, deltas);
      else this.#takeEnd(deltas);
    } catch (error) {
      // What came before it goes on first.
      this.#release();
      throw error;
    }
  }

  protected override room(): Promise<void> | undefined {
    const full = this.#full;
    this.#full = undefined;
    return full;
  }

  #take(bytes: Bytes, deltas: ChatDelta[]): void {
    const data = this.#carry.length === 0 ? bytes : joined(this.#carry, bytes);
    // One character for each byte, so that what is found in the text is there in the bytes.
    const scanned = Buffer.from(data.buffer, data.byteOffset, data.length).toString("latin1");
    const end = lastBoundary(scanned);
    this.#carry = end === data.length ? EMPTY : data.subarray(end);
    if (this.#carry.length > EVENT_BYTES_MAX) throw protocolError("an event is too long", this.#context);
    if (end === 0) return;
    const events = end === scanned.length ? scanned : scanned.slice(0, end);
    const bytesOfEvents = data.subarray(0, end);
    if (!this.#hasBegun || notableIn(events, 0) >= 0) return this.#readEvents(bytesOfEvents, events, deltas);
    this.#full = this.#options.write(bytesOfEvents, countOf(events));
  }

  /** The end of the response, where no `[DONE]` came. Some servers leave out the empty line after the last event. */
  #takeEnd(deltas: ChatDelta[]): void {
    if (this.#carry.length > 0) this.#take(encoder.encode("\n\n"), deltas);
    if (!this.hasEnded) this.#finish("ended", deltas);
  }

  #finish(state: "done" | "ended", deltas: ChatDelta[]): void {
    this.end(state);
    this.#chunks.end(deltas);
  }

  /** Goes through whole events; `scanned` has a character for each of their bytes. */
  #readEvents(bytes: Bytes, scanned: string, deltas: ChatDelta[]): void {
    // Looking for what is nowhere would go through all of it for each event.
    const hasCr = scanned.includes("\r");
    for (let start = 0; start < scanned.length;) {
      // Of what came at once with the first word or the end, too, only what matters is read.
      const notable = this.#hasBegun ? notableIn(scanned, start) : start;
      const from = notable < 0 ? scanned.length : Math.max(start, boundaryBefore(scanned, notable, hasCr));
      if (from > start) this.#hold(bytes.subarray(start, from), countOf(scanned.slice(start, from)));
      if (from === scanned.length) break;
      start = boundaryAfter(scanned, from, hasCr);
      if (this.#readEvent(bytes.subarray(from, start), deltas)) return;
    }
    this.#release();
  }

  /** True at the end of the answer. */
  #readEvent(bytes: Bytes, deltas: ChatDelta[]): boolean {
    const event = eventOf(bytes);
    if (!event) return false;
    if (event.data === "[DONE]") {
      this.#release();
      this.#finish("done", deltas);
      return true;
    }
    const chunk = toChunk(event, this.#context);
    const read: ChatDelta[] = [];
    try {
      this.#chunks.read(chunk, read);
    } finally {
      this.#hasBegun ||= read.length > 0;
      const isUsageAlone = Boolean(chunk.usage) && !chunk.choices?.length;
      if (!isUsageAlone || this.#options.includeUsage) this.#hold(bytes, 1);
    }
    const finish = read.find(({ type }) => type === "finish");
    if (finish) {
      this.#release();
      deltas.push(finish);
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
