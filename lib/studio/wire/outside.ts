import type { Body } from "./body.ts";
import { EditBody } from "./edit_body.ts";
import { isSearchLine, mayBeSearchLine } from "./edit_blocks.ts";
import type { EventQueue } from "./event_queue.ts";
import { closesFence, type Fence, mayBeFence, parseFence } from "./fences.ts";
import { FileBody } from "./file_body.ts";
import type { LineFate } from "./line_reader.ts";
import { type Mark, mayBeMark, parseMark } from "./marks.ts";
import * as paths from "./paths.ts";
import { ThinkSpan } from "./think_span.ts";

/** Lines between a file's name and its fence. */
const BLANK_LINES_MAX = 3;

/**
 * What stands before the next file. `named`: a line was a file's name, `opened`: a fence without a path; both hold their lines
 * until the next one tells what they were. `announced`: after a mark, until the file's fence. `fenced`: in code that is no file.
 */
type State =
  | { type: "prose" }
  | { type: "named"; path: string; lines: string[] }
  | { type: "opened"; fence: Fence; lines: string[]; isAnnounced: boolean }
  | { type: "announced"; path: string }
  | { type: "fenced"; fence: Fence };

/** Reads what is outside of files: prose, marks, and the beginnings of files. */
export class Outside {
  /** Whether the last mark was the one that ends an answer. */
  isEnded = false;
  #queue: EventQueue;
  #state: State = { type: "prose" };
  #think = new ThinkSpan();
  /** Files that a mark announced: a bare snippet of one of them later is not the file. */
  #announced = new Set<string>();
  /** The fence around the whole answer, where there is one. */
  #wrapper: Fence | undefined;

  constructor(queue: EventQueue) {
    this.#queue = queue;
  }

  fateOf(start: string): LineFate {
    if (this.#think.isOpen || (!this.#isInCode() && this.#think.opens(start))) return "whole";
    return start.length <= paths.MARK_CHARS_MAX && this.#maySay(start) ? "open" : "plain";
  }

  plain(text: string): void {
    this.#releaseHeld();
    this.#queue.text(text);
  }

  /** Takes a line; the body of the file that begins with it, if one does. */
  line(line: string): Body | undefined {
    const rest = this.#isInCode() ? line : this.#think.line(line);
    return rest === undefined ? undefined : this.#dispatch(rest);
  }

  isLastWord(line: string): boolean {
    if (this.#think.isOpen) return false;
    const fence = parseFence(line);
    return parseMark(line)?.type === "end" || (fence !== undefined && fence.info === "");
  }

  /** Takes the end of the answer; the path of a file that was announced and did not come. */
  finish(rest: string): string | undefined {
    const { path } = this.#state.type === "announced" ? this.#state : { path: undefined };
    const prose = this.#isInCode() ? rest : this.#think.line(rest);
    if (this.#think.isOpen) this.isEnded = false;
    this.#releaseHeld();
    // The beginning of a mark is no prose.
    if (prose && !parseMark(prose) && !/^#{3} (?:F|E|D)[A-Z]*$/.test(prose)) this.#queue.text(prose);
    return path === undefined ? undefined : paths.wirePath(path).path;
  }

  /** Whether a line that begins so may be more than prose. */
  #maySay(start: string): boolean {
    const { type } = this.#state;
    if (type === "opened" || start.trim() === "" || mayBeFence(start) || mayBeMark(start)) return true;
    if (type === "fenced") return false;
    return this.#think.mayOpen(start) || mayBeSearchLine(start) || paths.mayBePathLine(start);
  }

  #isInCode(): boolean {
    return this.#state.type === "fenced" || this.#state.type === "opened";
  }

  #dispatch(line: string): Body | undefined {
    const state = this.#state;
    const mark = parseMark(line);
    if (mark && (state.type !== "fenced" || mark.isStrict)) return this.#takeMark(mark, line);
    if (state.type === "named") return this.#lineAfterName(state, line);
    if (state.type === "opened") return this.#firstLine(state, line);
    if (state.type === "announced") return this.#lineAfterMark(state.path, line);
    const fence = parseFence(line);
    if (state.type === "fenced") {
      if (fence && closesFence(fence, state.fence)) this.#state = { type: "prose" };
      this.#queue.text(`${line}\n`);
      return undefined;
    }
    if (fence) return this.#takeFence(fence, line);
    const path = paths.pathOfLine(line);
    if (path && this.#isTrusted(path)) this.#state = { type: "named", path, lines: [line] };
    else this.#queue.text(`${line}\n`);
    return undefined;
  }

  #takeMark(mark: Mark, line: string): Body | undefined {
    if (this.#state.type === "opened" && !this.#state.isAnnounced) {
      this.#wrapper = this.#state.fence;
      this.#state.lines = [];
    }
    this.#releaseHeld();
    this.#refuseAnnounced();
    if (mark.type === "close") return undefined;
    this.isEnded = mark.type === "end";
    if (mark.type === "end") this.#queue.add({ type: "end" });
    else if (mark.type === "file") this.#state = { type: "announced", path: mark.path };
    else if (mark.type === "edit") return this.#openEdit(mark.path);
    else this.#delete(mark.path, line);
    return undefined;
  }

  #delete(written: string, line: string): void {
    const { path, reason } = paths.wirePath(written);
    if (path !== undefined) this.#queue.add({ type: "delete", path });
    else this.#queue.add({ type: "file:refused", path: written || line, reason });
  }

  #takeFence(fence: Fence, line: string): Body | undefined {
    if (this.#wrapper && closesFence(fence, this.#wrapper)) {
      this.#wrapper = undefined;
      return undefined;
    }
    const path = paths.pathOfInfo(fence.info);
    if (path && this.#isTrusted(path)) return this.#openFile(path, fence);
    this.#state = { type: "opened", fence, lines: [line], isAnnounced: false };
    return undefined;
  }

  #lineAfterName(state: Extract<State, { type: "named" }>, line: string): Body | undefined {
    const fence = parseFence(line);
    if (fence && !paths.isNoFile(fence.info)) return this.#openFile(state.path, fence);
    if (line.trim() === "" && state.lines.length <= BLANK_LINES_MAX) {
      state.lines.push(line);
      return undefined;
    }
    this.#releaseHeld();
    return this.#dispatch(line);
  }

  #firstLine(state: Extract<State, { type: "opened" }>, line: string): Body | undefined {
    const path = paths.pathOfComment(line);
    const mayName = state.isAnnounced || (this.#announced.size === 0 && !paths.isNoFile(state.fence.info));
    if (path && mayName && this.#isTrusted(path)) return this.#openFile(path, state.fence);
    if (line.trim() === "" && state.lines.length <= BLANK_LINES_MAX) {
      state.lines.push(line);
      return undefined;
    }
    this.#releaseHeld();
    return this.#dispatch(line);
  }

  #lineAfterMark(path: string, line: string): Body | undefined {
    const fence = parseFence(line);
    const known = path || (fence ? paths.pathOfInfo(fence.info) : paths.pathOfLine(line)) || "";
    if (fence && known) return this.#openFile(known, fence, true);
    if (fence) this.#state = { type: "opened", fence, lines: [line], isAnnounced: true };
    else if (isSearchLine(line) && known) {
      const body = this.#openEdit(known);
      body.line(line);
      return body;
    } else if (known !== path) this.#state = { type: "announced", path: known };
    else this.#queue.text(`${line}\n`);
    return undefined;
  }

  #openFile(written: string, fence: Fence, isAnnounced = false): Body {
    const { path, reason } = this.#begin(written, isAnnounced);
    if (path === undefined) this.#queue.add({ type: "file:refused", path: written, reason });
    return new FileBody(this.#queue, path ?? written, fence, path === undefined);
  }

  #openEdit(written: string): EditBody {
    const { path, reason } = this.#begin(written, true);
    if (path === undefined) this.#queue.add({ type: "file:refused", path: written, reason });
    return new EditBody(this.#queue, path ?? written, path === undefined);
  }

  #begin(written: string, isAnnounced: boolean): paths.WirePath {
    this.#state = { type: "prose" };
    this.isEnded = false;
    const found = paths.wirePath(written);
    if (isAnnounced && found.path !== undefined) this.#announced.add(found.path);
    return found;
  }

  /** Whether a path that no mark announced is to be taken for a file of the answer. */
  #isTrusted(written: string): boolean {
    return !this.isEnded && !this.#announced.has(paths.wirePath(written).path ?? "");
  }

  #refuseAnnounced(): void {
    const state = this.#state;
    this.#state = { type: "prose" };
    if (state.type !== "announced") return;
    const reason = `Cannot read the file ${state.path}: it has no fenced block`;
    this.#queue.add({ type: "file:refused", path: state.path, reason });
  }

  /** Lines that were held back and turned out to be prose, or code that is no file. */
  #releaseHeld(): void {
    const state = this.#state;
    if (state.type !== "named" && state.type !== "opened") return;
    for (const line of state.lines) this.#queue.text(`${line}\n`);
    this.#state = state.type === "named" ? { type: "prose" } : { type: "fenced", fence: state.fence };
  }
}
