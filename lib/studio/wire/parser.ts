import type { Body } from "./body.ts";
import type { UnfinishedFile, WireEnding, WireEvent } from "./events.ts";
import { EventQueue } from "./event_queue.ts";
import { LineReader } from "./line_reader.ts";
import { Outside } from "./outside.ts";

/**
 * Reads a model's answer in the studio's wire format, as it streams in: `### FILE path` with a fenced block, `### EDIT path`
 * with search-replace blocks, `### DELETE path`, and `### END`. The usual slips are forgiven; nothing is ever unescaped, and
 * a file whose end is not certain is not finished. However the text is cut, the events are the same but for the size of their
 * pieces. Time and memory grow with the text; a piece costs the same wherever it stands.
 */
export class WireParser {
  #queue = new EventQueue();
  #outside = new Outside(this.#queue);
  #body: Body | undefined;
  #reader = new LineReader({
    fateOf: (start) => (this.#body ?? this.#outside).fateOf(start),
    plain: (text) => (this.#body ?? this.#outside).plain(text),
    line: (line) => this.#line(line),
  });

  /** What is certain with this text. */
  push(text: string): WireEvent[] {
    this.#reader.push(text);
    return this.#queue.take();
  }

  /** What is left when the answer ended. Call it once. */
  finish(): WireEnding {
    let rest = this.#reader.takeRest();
    if ((this.#body ?? this.#outside).isLastWord(rest)) {
      this.#line(rest);
      rest = "";
    }
    const unfinished = this.#unfinished(rest);
    return {
      events: this.#queue.take(),
      isComplete: this.#outside.isEnded && !this.#body && !unfinished,
      ...(unfinished ? { unfinished } : {}),
    };
  }

  #unfinished(rest: string): UnfinishedFile | undefined {
    if (this.#body) return this.#body.finish(rest);
    const path = this.#outside.finish(rest);
    return path ? { path, mode: "file", text: "" } : undefined;
  }

  #line(line: string): void {
    if (!this.#body) {
      this.#body = this.#outside.line(line);
      return;
    }
    const outcome = this.#body.line(line);
    if (!outcome) return;
    this.#body = outcome.type === "edits" ? outcome.body : undefined;
    if (outcome.type === "rest") { for (const rest of outcome.lines) this.#line(rest); }
  }
}
