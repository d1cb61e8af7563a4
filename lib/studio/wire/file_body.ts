import type { Body, Outcome } from "./body.ts";
import { EditBody } from "./edit_body.ts";
import { isSearchLine, mayBeSearchLine } from "./edit_blocks.ts";
import type { UnfinishedFile } from "./events.ts";
import type { EventQueue } from "./event_queue.ts";
import { closesFence, type Fence, mayBeFence, parseFence } from "./fences.ts";
import type { LineFate } from "./line_reader.ts";
import { type Mark, mayBeMark, parseMark } from "./marks.ts";
import { MARK_CHARS_MAX, pathOfInfo } from "./paths.ts";

/** Lines from a mark to the fence that proves it: blank ones, or a word about the file. */
const HELD_LINES_MAX = 5;
const PROSE = /\.(?:md|mdx|markdown|txt)$/i;

/**
 * A whole file in a fence. A fence of more than three characters was chosen with care: only its like ends it. In one of three,
 * what a model forgot is made good:
 *
 * - A mark ends the file, once the fence or block that belongs to it has come, so that a text that only mentions it stays whole.
 * - In prose a fence with an info string opens one within. A bare one may close the file or open one within: that is open until
 *   a mark (it closed) or another bare fence (it opened) comes. A file that is uncertain at the end is unfinished.
 */
export class FileBody implements Body {
  #queue: EventQueue;
  #path: string;
  #fence: Fence;
  /** A refused file is read like any other, without a word about it. */
  #isSilent: boolean;
  #isProse: boolean;
  #isLong: boolean;
  #nested: Fence | undefined;
  #held: { reason: "close" | "mark"; lines: string[] } | undefined;
  #hasStarted = false;
  #content = "";
  #lineNumber = 1;
  #isAtLineStart = true;

  constructor(queue: EventQueue, path: string, fence: Fence, isSilent: boolean) {
    this.#queue = queue;
    this.#path = path;
    this.#fence = fence;
    this.#isSilent = isSilent;
    this.#isProse = PROSE.test(path);
    this.#isLong = fence.length > 3;
  }

  fateOf(start: string): LineFate {
    if (this.#held) return "whole";
    return start.length <= MARK_CHARS_MAX && this.#maySay(start) ? "open" : "plain";
  }

  plain(text: string): void {
    this.#start();
    const added = this.#withoutIndent(text);
    this.#isAtLineStart = text.endsWith("\n");
    if (added === "" || this.#isSilent) return;
    this.#content += added;
    this.#queue.add({ type: "file:chunk", path: this.#path, text: added, startLine: this.#lineNumber });
    if (this.#isAtLineStart) this.#lineNumber++;
  }

  line(line: string): Outcome {
    if (this.#held?.reason === "close") return this.#lineAfterClose(this.#held.lines, line);
    if (this.#held?.reason === "mark") return this.#lineAfterMark(this.#held.lines, line);
    if (!this.#hasStarted && isSearchLine(line)) return this.#becomeEdits(line);
    const fence = parseFence(line);
    const outcome = fence ? this.#takeFence(fence, line) : this.#takeMark(parseMark(line), line);
    if (outcome !== "content") return outcome;
    this.#contentLine(line);
    return undefined;
  }

  isLastWord(line: string): boolean {
    if (parseMark(line)?.type === "end") return true;
    const fence = parseFence(line);
    return fence !== undefined && closesFence(fence, this.#nested ?? this.#fence);
  }

  finish(rest: string): UnfinishedFile | undefined {
    if (this.#held?.reason === "close" && [...this.#held.lines.slice(1), rest].every(isBlank)) {
      this.#end();
      return undefined;
    }
    // What is held back is no certain content: it may be the beginning of a closing fence or of a mark.
    this.#start();
    return this.#isSilent ? undefined : { path: this.#path, mode: "file", text: this.#content };
  }

  /** Whether a line that begins so may be more than content. */
  #maySay(start: string): boolean {
    if (start.length <= 3 && start.trim() === "") return true;
    if (!this.#hasStarted && mayBeSearchLine(start)) return true;
    const first = start.charAt(0);
    if (first === "#") return !this.#isLong && !this.#nested && mayBeMark(start);
    return (first === this.#fence.char || first === " ") && mayBeFence(start);
  }

  #takeFence(fence: Fence, line: string): Outcome | "content" {
    if (this.#nested) {
      if (closesFence(fence, this.#nested)) this.#nested = undefined;
      return "content";
    }
    if (closesFence(fence, this.#fence)) {
      if (!this.#isProse || this.#isLong) return this.#close([]);
      this.#held = { reason: "close", lines: [line] };
      return undefined;
    }
    if (fence.info === "" || fence.char !== this.#fence.char || fence.length < this.#fence.length) {
      return "content";
    }
    if (this.#isProse) this.#nested = fence;
    else if (!this.#isLong && pathOfInfo(fence.info)) return this.#close([line]);
    return "content";
  }

  #takeMark(mark: Mark | undefined, line: string): Outcome | "content" {
    if (!mark || this.#nested || this.#isLong) return "content";
    if (mark.type === "file" || mark.type === "edit") {
      if (this.#isProse && !mark.isStrict) return "content";
      this.#held = { reason: "mark", lines: [line] };
      return undefined;
    }
    return mark.isStrict ? this.#close([line]) : "content";
  }

  #lineAfterMark(held: string[], line: string): Outcome {
    const fence = parseFence(line);
    // After text a bare fence closes the file that only mentions the mark.
    const isProof = fence ? fence.info !== "" || held.slice(1).every(isBlank) : isSearchLine(line);
    if (isProof) return this.#close([...held, line]);
    if (!fence && !parseMark(line) && held.length < HELD_LINES_MAX) {
      held.push(line);
      return undefined;
    }
    this.#held = undefined;
    for (const content of held) this.#contentLine(content);
    return this.line(line);
  }

  #lineAfterClose(held: string[], line: string): Outcome {
    const fence = parseFence(line);
    if (parseMark(line) || (fence && fence.info !== "")) return this.#close([...held.slice(1), line]);
    const isBare = fence !== undefined && closesFence(fence, this.#fence);
    // With nothing between them the second closes what is around the file.
    if (isBare && held.slice(1).every(isBlank)) return this.#close([...held.slice(1), line]);
    held.push(line);
    if (!isBare) return undefined;
    this.#held = undefined;
    for (const content of held) this.#contentLine(content);
    return undefined;
  }

  #contentLine(line: string): void {
    this.plain(`${line}\n`);
  }

  #close(lines: string[]): Outcome {
    this.#end();
    return { type: "rest", lines };
  }

  #becomeEdits(line: string): Outcome {
    const body = new EditBody(this.#queue, this.#path, this.#isSilent, this.#fence);
    body.line(line);
    return { type: "edits", body };
  }

  #start(): void {
    if (this.#hasStarted) return;
    this.#hasStarted = true;
    if (!this.#isSilent) this.#queue.add({ type: "file:start", path: this.#path, mode: "file" });
  }

  #end(): void {
    this.#start();
    if (!this.#isSilent) this.#queue.add({ type: "file:end", path: this.#path, content: this.#content });
  }

  /** A fence that is indented indents its content alike. */
  #withoutIndent(text: string): string {
    if (!this.#isAtLineStart || this.#fence.indent === 0) return text;
    const spaces = /^ */.exec(text)?.[0].length ?? 0;
    return text.slice(Math.min(spaces, this.#fence.indent));
  }
}

function isBlank(line: string): boolean {
  return line.trim() === "";
}
