import type { WireEvent } from "./events.ts";

/** Events on their way out; pieces of the same text that follow each other become one. */
export class EventQueue {
  #events: WireEvent[] = [];

  add(event: WireEvent): void {
    const last = this.#events.at(-1);
    if (event.type === "text" && last?.type === "text") last.text += event.text;
    else if (event.type === "file:chunk" && last?.type === "file:chunk" && last.path === event.path) {
      last.text += event.text;
    } else this.#events.push(event);
  }

  text(text: string): void {
    if (text) this.add({ type: "text", text });
  }

  /** All events since the last call. */
  take(): WireEvent[] {
    const events = this.#events;
    this.#events = [];
    return events;
  }
}
