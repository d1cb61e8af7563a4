/** One server-sent event. `data` may have several lines; `comment` makes a keep-alive that clients skip. */
export interface ServerSentEvent {
  id?: string;
  event?: string;
  data?: string;
  /** ms after which a client reconnects. */
  retry?: number;
  comment?: string;
}

const LINE_BREAK = /\r\n|\n|\r/;

/**
 * The event as text, by https://html.spec.whatwg.org/multipage/server-sent-events.html. A comment ends with a single
 * newline: the official OpenAI client for Python stumbles over an empty event after one.
 */
export function encodeSse(event: ServerSentEvent): string {
  let text = "";
  if (event.comment !== undefined) text += `: ${event.comment.replaceAll(/[\r\n]+/g, " ")}\n`;
  if (event.retry !== undefined) text += `retry: ${event.retry}\n`;
  if (event.id !== undefined) text += `id: ${event.id}\n`;
  if (event.event !== undefined) text += `event: ${event.event}\n`;
  if (event.data === undefined) {
    return event.comment !== undefined && text.startsWith(":") ? text : text + "\n";
  }
  for (const line of event.data.split(LINE_BREAK)) text += `data: ${line}\n`;
  return text + "\n";
}

/**
 * Reads server-sent events out of chunks of bytes that may be cut anywhere, inside a UTF-8 character too.
 *
 * @example
 * ```ts
 * const parser = new SseParser();
 * for await (const chunk of body) for (const event of parser.push(chunk)) handle(event);
 * ```
 */
export class SseParser {
  #decoder = new TextDecoder();
  #rest = "";
  #data: string[] = [];
  #event: { id?: string; event?: string; retry?: number } = {};
  #lastId: string | undefined;

  /** The id that a reconnecting client sends as `Last-Event-ID`. */
  get lastEventId(): string | undefined {
    return this.#lastId;
  }

  /** The events that are complete with this chunk. */
  push(chunk: Uint8Array): ServerSentEvent[] {
    this.#rest += this.#decoder.decode(chunk, { stream: true });
    const events: ServerSentEvent[] = [];
    let start = 0;
    for (;;) {
      const end = lineEnd(this.#rest, start);
      if (end === undefined) break;
      const event = this.#line(this.#rest.slice(start, end.at));
      if (event) events.push(event);
      start = end.next;
    }
    if (start > 0) this.#rest = this.#rest.slice(start);
    return events;
  }

  #line(line: string): ServerSentEvent | undefined {
    if (line === "") return this.#dispatch();
    const colon = line.indexOf(":");
    if (colon === 0) return undefined;
    const field = colon < 0 ? line : line.slice(0, colon);
    const raw = colon < 0 ? "" : line.slice(colon + 1);
    const value = raw.startsWith(" ") ? raw.slice(1) : raw;
    if (field === "data") this.#data.push(value);
    else if (field === "event") this.#event.event = value;
    else if (field === "id" && !value.includes("\0")) this.#lastId = this.#event.id = value;
    else if (field === "retry" && /^\d+$/.test(value)) this.#event.retry = Number(value);
    return undefined;
  }

  #dispatch(): ServerSentEvent | undefined {
    const event: ServerSentEvent = { ...this.#event };
    const hasData = this.#data.length > 0;
    if (hasData) event.data = this.#data.join("\n");
    this.#data = [];
    this.#event = {};
    return hasData ? event : undefined;
  }
}

/** Where the line ends and the next begins; a "\r" at the very end may still be followed by "\n", so it waits. */
function lineEnd(text: string, start: number): { at: number; next: number } | undefined {
  for (let i = start; i < text.length; i++) {
    const char = text.charCodeAt(i);
    if (char === 10) return { at: i, next: i + 1 };
    if (char === 13) {
      if (i + 1 === text.length) return undefined;
      return { at: i, next: text.charCodeAt(i + 1) === 10 ? i + 2 : i + 1 };
    }
  }
  return undefined;
}
