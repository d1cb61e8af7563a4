/** Lines in a chunk: what is appended makes the browser lay out the last chunk again, not the whole text. */
const LINES = 40;

/** Text that grows in an element, as blocks of whole lines (`.text-chunk`), so that appending costs the same however long it is. */
export class TextChunks {
  readonly #element: HTMLElement;
  #last: Text | undefined;
  #lines = 0;

  /** Takes over an element: what is in it goes. */
  constructor(element: HTMLElement) {
    this.#element = element;
    element.textContent = "";
  }

  append(text: string): void {
    let start = 0;
    for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", end + 1)) {
      if (++this.#lines < LINES) continue;
      this.#add(text.slice(start, end + 1));
      start = end + 1;
      this.#last = undefined;
      this.#lines = 0;
    }
    if (start < text.length) this.#add(text.slice(start));
  }

  #add(text: string): void {
    if (this.#last) return this.#last.appendData(text);
    const chunk = document.createElement("span");
    chunk.className = "text-chunk";
    this.#last = document.createTextNode(text);
    chunk.append(this.#last);
    this.#element.append(chunk);
  }
}
