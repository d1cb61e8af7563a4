import type { EditBlock } from "./events.ts";
import { MARK_CHARS_MAX } from "./paths.ts";

const SEARCH = /^(<{5,9}) ?(?:SEARCH|ORIGINAL|HEAD)\s*$/i;
const SEARCH_START = /^<{1,9} ?[a-z]*\s*$/i;
const DIVIDER = /^(={5,9})\s*$/;
const REPLACE = /^>{5,9} ?(?:REPLACE|UPDATED)?\s*$/i;

/** Whether a line begins a search-replace block. */
export function isSearchLine(line: string): boolean {
  return line.length <= MARK_CHARS_MAX && SEARCH.test(line);
}

/** Whether a line that begins so may begin a block. */
export function mayBeSearchLine(start: string): boolean {
  return SEARCH_START.test(start);
}

/** Reads search-replace blocks line by line. What is not clear is a `problem`: an edit is right or refused. */
export class EditBlockReader {
  readonly blocks: EditBlock[] = [];
  /** Why the edits cannot be used. */
  problem: string | undefined;
  #part: "between" | "search" | "replace" = "between";
  /** How many `<` began the block: models that miscount do so alike in a block. */
  #length = 7;
  #search = "";
  #replace = "";

  get isInside(): boolean {
    return this.#part !== "between";
  }

  /** Takes a line; false where it belongs to no block. */
  line(line: string): boolean {
    const kind = line.length > MARK_CHARS_MAX ? "text" : this.#kindOf(line);
    if (this.#part === "between") return this.#lineBetween(line, kind);
    if (kind === "search") this.#refuse("a block begins within another");
    else if (kind === "divider") this.#divide();
    else if (kind === "replace") this.#closeBlock();
    else if (this.#part === "search") this.#search += `${line}\n`;
    else this.#replace += `${line}\n`;
    return true;
  }

  #kindOf(line: string): "search" | "divider" | "replace" | "text" {
    if (SEARCH.test(line)) return "search";
    if (REPLACE.test(line) && (this.isInside || line.trim().length > 7)) return "replace";
    const marks = DIVIDER.exec(line)?.[1]?.length;
    return marks !== undefined && (marks === 7 || marks === this.#length) ? "divider" : "text";
  }

  #lineBetween(line: string, kind: string): boolean {
    if (kind === "search") {
      this.#length = SEARCH.exec(line)?.[1]?.length ?? 7;
      this.#part = "search";
      this.#search = "";
      this.#replace = "";
    } else if (kind === "replace" || kind === "divider") {
      this.#refuse("a block has no line that begins it");
    }
    return kind !== "text";
  }

  #divide(): void {
    if (this.#part === "search") this.#part = "replace";
    else this.#refuse("a block has more than one dividing line");
  }

  #closeBlock(): void {
    if (this.#part === "search") this.#refuse("a block has no dividing line");
    else this.blocks.push({ search: this.#search, replace: this.#replace });
    this.#part = "between";
  }

  #refuse(problem: string): void {
    this.problem ??= problem;
  }
}
