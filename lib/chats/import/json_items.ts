import { FreshetError } from "../../shared/mod.ts";

/** One chat of an export as JSON, or that it was too long to be held. */
export type JsonItem = { json: string } | { problem: "tooLarge" | "cutOff" };

const [QUOTE, BACKSLASH, OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = Array.from(
  '"\\[]{}',
  (char) => char.charCodeAt(0),
);
/** Tab, line feed, carriage return, space, and the bytes of a byte order mark. */
const BEFORE_JSON = new Set([9, 10, 13, 32, 0xef, 0xbb, 0xbf]);

/**
 * Cuts a JSON text that arrives in parts into the objects of its outer list, or takes it as one where it is an object. Only one
 * of them is held at a time, so that an export may be much larger than the memory. Whether they are JSON is for `JSON.parse`.
 */
export class JsonItems {
  #maxBytes: number;
  #decoder = new TextDecoder();
  /** Brackets around an item: 1 in a list, 0 for an object alone, -1 before anything came. */
  #outside = -1;
  #depth = 0;
  #inString = false;
  #escaped = false;
  #parts: Uint8Array[] = [];
  #size = 0;

  /** `maxBytes` of one item; longer ones are skipped. */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** The items that end in the next part. Throws `invalid_request` where the text is no list and no object. */
  push(bytes: Uint8Array): JsonItem[] {
    const items: JsonItem[] = [];
    let start = 0;
    for (let i = 0; i < bytes.length; i++) {
      const byte = bytes[i] ?? 0;
      if (this.#inString) {
        if (this.#escaped) this.#escaped = false;
        else if (byte === BACKSLASH) this.#escaped = true;
        else if (byte === QUOTE) this.#inString = false;
      } else if (byte === QUOTE) this.#inString = true;
      else if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
        if (this.#outside < 0) this.#outside = byte === OPEN_LIST ? 1 : 0;
        if (this.#depth === this.#outside) start = i;
        this.#depth++;
      } else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) {
        this.#depth--;
        if (this.#depth === this.#outside) {
          this.#keep(bytes.subarray(start, i + 1));
          items.push(this.#item());
        }
      } else if (this.#outside < 0 && !BEFORE_JSON.has(byte)) throw notJson();
      if (this.#outside < 0 && this.#inString) throw notJson();
    }
    if (this.#isInItem) this.#keep(bytes.subarray(start));
    return items;
  }

  /** What is left at the end: an item that was cut off. */
  finish(): JsonItem[] {
    if (this.#outside < 0) throw notJson();
    return this.#isInItem || this.#depth > 0 ? [{ problem: "cutOff" }] : [];
  }

  get #isInItem(): boolean {
    return this.#outside >= 0 && this.#depth > this.#outside;
  }

  #keep(part: Uint8Array): void {
    this.#size += part.length;
    if (this.#size > this.#maxBytes) this.#parts = [];
    else this.#parts.push(part.slice());
  }

  #item(): JsonItem {
    const isTooLarge = this.#size > this.#maxBytes;
    const json = this.#parts.map((part) => this.#decoder.decode(part, { stream: true })).join("") +
      this.#decoder.decode();
    this.#parts = [];
    this.#size = 0;
    return isTooLarge ? { problem: "tooLarge" } : { json };
  }
}

function notJson(): FreshetError {
  return new FreshetError("invalid_request", "Cannot import the file: it is neither JSON nor a ZIP", {
    field: "file",
    hint: "Choose conversations.json of ChatGPT or its ZIP, or the JSON of Open WebUI or Freshet",
  });
}
