/** Called with what was appended. */
export type AppendListener = (text: string) => void;

/** A text that only grows; who shows it appends the new part instead of rendering the whole again. */
export class GrowingText {
  #parts: string[] = [];
  #listeners = new Set<AppendListener>();

  constructor(text = "") {
    if (text !== "") this.#parts.push(text);
  }

  /** All of it; joined only when asked for. */
  get value(): string {
    if (this.#parts.length > 1) this.#parts = [this.#parts.join("")];
    return this.#parts[0] ?? "";
  }

  append(text: string): void {
    if (text === "") return;
    this.#parts.push(text);
    for (const listener of this.#listeners) listener(text);
  }

  /** Tells of every append from now on; what it returns ends that. */
  subscribe(listener: AppendListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
