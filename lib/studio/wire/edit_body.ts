import type { Body, Outcome } from "./body.ts";
import { EditBlockReader } from "./edit_blocks.ts";
import type { UnfinishedFile } from "./events.ts";
import type { EventQueue } from "./event_queue.ts";
import { closesFence, type Fence, parseFence } from "./fences.ts";
import type { LineFate } from "./line_reader.ts";
import { parseMark } from "./marks.ts";
import { pathOfInfo } from "./paths.ts";

/**
 * The search-replace blocks of a file, in fences or not. Only the next mark ends them: more may follow any block. A mark
 * within a block means that the block has no end; such edits are refused as a whole.
 */
export class EditBody implements Body {
  #queue: EventQueue;
  #path: string;
  #isSilent: boolean;
  #blocks = new EditBlockReader();
  #fence: Fence | undefined;
  #written = "";

  constructor(queue: EventQueue, path: string, isSilent: boolean, fence?: Fence) {
    this.#queue = queue;
    this.#path = path;
    this.#isSilent = isSilent;
    this.#fence = fence;
    if (!isSilent) queue.add({ type: "file:start", path, mode: "edit" });
  }

  fateOf(): LineFate {
    return "whole";
  }

  plain(text: string): void {
    this.#written += text;
  }

  line(line: string): Outcome {
    const mark = parseMark(line);
    if (mark && (mark.isStrict || !this.#blocks.isInside)) return this.#close(line);
    if (!this.#blocks.isInside) {
      const fence = parseFence(line);
      if (fence && this.#opensAnotherFile(fence)) return this.#close(line);
      if (fence) this.#takeFence(fence);
    }
    this.#written += `${line}\n`;
    const isTaken = this.#blocks.line(line);
    if (!isTaken && !this.#fence && !parseFence(line)) this.#queue.text(`${line}\n`);
    return undefined;
  }

  isLastWord(line: string): boolean {
    return parseMark(line)?.type === "end";
  }

  finish(rest: string): UnfinishedFile | undefined {
    return this.#isSilent ? undefined : { path: this.#path, mode: "edit", text: this.#written + rest };
  }

  #takeFence(fence: Fence): void {
    if (!this.#fence) this.#fence = fence;
    else if (closesFence(fence, this.#fence)) this.#fence = undefined;
  }

  #opensAnotherFile(fence: Fence): boolean {
    const path = pathOfInfo(fence.info);
    return path !== undefined && !path.endsWith(this.#path);
  }

  #close(line: string): Outcome {
    if (!this.#isSilent) this.#end();
    return { type: "rest", lines: [line] };
  }

  #end(): void {
    const { blocks, isInside } = this.#blocks;
    const problem = this.#blocks.problem ??
      (isInside
        ? "a block is not closed"
        : blocks.length === 0
        ? "there is no search-replace block"
        : undefined);
    const path = this.#path;
    if (problem === undefined) this.#queue.add({ type: "edit:end", path, blocks });
    else {this.#queue.add({
        type: "file:refused",
        path,
        reason: `Cannot parse the edit of ${path}: ${problem}`,
      });}
  }
}
