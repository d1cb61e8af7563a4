import type { Block, ListContinuation } from "./block.ts";
import { languageOf } from "./code.ts";
import {
  canBeContinued,
  closesFence,
  detailsDepth,
  type Fence,
  type HtmlEnd,
  indentOf,
  isBlank,
  isHeading,
  isQuote,
  isRule,
  isUnderline,
  type Item,
  itemInterruptsParagraph,
  listItem,
  openingFence,
  openingHtml,
  openMath,
} from "./lines.ts";

/** A list longer than this (characters) is split before its next item. */
const LONG_LIST = 4_000;

/** What the open block is, as far as its end is concerned. */
type Container =
  | { type: "none" }
  /**
   * Paragraphs, tables and quotes: a blank line ends them. `quote` from a quote's first line on. `indented` if the last line
   * may be code by indentation, which goes on after blank lines.
   */
  | { type: "text"; quote: boolean; indented: boolean }
  /** Code by indentation. */
  | { type: "indented" }
  | { type: "html"; end: HtmlEnd; details: number }
  /** A formula over several lines; a blank line ends it too. */
  | { type: "math"; end: string }
  | {
    type: "list";
    item: Item;
    firstNumber: number | undefined;
    items: number;
    loose: boolean;
    continuable: boolean;
  }
  | { type: "code"; fence: Fence; empty: boolean };

/** Makes blocks of complete lines. */
export class BlockBuilder {
  /** Blocks that will never change. */
  readonly finished: Block[] = [];
  #container: Container = { type: "none" };
  #source = "";
  /** How the open list goes on from the block before. */
  #list: ListContinuation | undefined;
  /** Whether blank lines came last, in a container that can go on after them. */
  #afterBlank = false;

  /** The open block as it is with the unfinished line `rest` at its end. */
  open(rest: string): Block {
    const index = this.finished.length;
    if (this.#container.type === "code") {
      const { fence, empty } = this.#container;
      const line = closesFence(rest, fence.marker, false) ? "" : dedent(rest, fence.indent);
      const source = line === "" ? this.#source : this.#source + (empty ? "" : "\n") + line;
      return { type: "code", index, source, language: languageOf(fence.info) };
    }
    const source = this.#source === "" ? rest : `${this.#source}\n${rest}`;
    return this.#list
      ? { type: "markdown", index, source, list: this.#list }
      : { type: "markdown", index, source };
  }

  /** True while it depends on the next line's beginning whether the open block goes on. */
  get awaitsLine(): boolean {
    return this.#afterBlank;
  }

  /** Takes the beginning of a line that is known not to become an item unless it is one already. */
  begin(line: string): void {
    if (this.#afterBlank && this.#endsAfterBlank(line)) this.close();
  }

  /** Finishes the open block, if there is one. */
  close(): void {
    const index = this.finished.length;
    const { type } = this.#container;
    if (this.#container.type === "code") {
      const language = languageOf(this.#container.fence.info);
      this.finished.push({ type: "code", index, source: this.#source, language });
    } else if (type !== "none" || this.#source !== "") {
      const block: Block = { type: "markdown", index, source: this.#source.trimEnd() };
      this.finished.push(this.#list ? { ...block, list: this.#list } : block);
    }
    this.#container = { type: "none" };
    this.#source = "";
    this.#list = undefined;
    this.#afterBlank = false;
  }

  /** Takes a complete line. */
  line(line: string): void {
    if (this.#container.type === "code") this.#codeLine(this.#container, line);
    else if (isBlank(line)) this.#blankLine(line);
    else if (this.#container.type === "math") this.#mathLine(this.#container.end, line);
    else {
      this.begin(line);
      this.#textLine(line);
    }
  }

  #codeLine(code: Container & { type: "code" }, line: string): void {
    if (closesFence(line, code.fence.marker, true)) return this.close();
    this.#source += (code.empty ? "" : "\n") + dedent(line, code.fence.indent);
    code.empty = false;
  }

  #mathLine(end: string, line: string): void {
    this.#append(line);
    if (line.includes(end)) this.close();
  }

  #blankLine(line: string): void {
    const container = this.#container;
    if (container.type === "none") return;
    if (container.type === "math") return this.close();
    if (container.type === "text" && !container.indented) return this.close();
    if (container.type === "html" && container.end === "blank" && container.details === 0) {
      return this.close();
    }
    this.#append(line);
    this.#afterBlank = container.type !== "html";
  }

  #endsAfterBlank(line: string): boolean {
    const indent = indentOf(line);
    if (this.#container.type === "list") {
      return indent < this.#container.item.contentIndent && !listItem(line);
    }
    return indent < 4;
  }

  #textLine(line: string): void {
    const container = this.#container;
    if (container.type === "html") this.#htmlLine(container, line);
    else if (container.type === "list") this.#listLine(container, line);
    else this.#flowLine(line);
    this.#afterBlank = false;
  }

  /** A line outside lists, HTML and fences. */
  #flowLine(line: string): void {
    if (this.#container.type === "indented" && indentOf(line) < 4) this.close();
    const container = this.#container;
    const fresh = container.type === "none";
    if (this.#opensBlock(line, !fresh)) return;
    const item = listItem(line);
    if (item && (fresh || itemInterruptsParagraph(line))) return this.#startList(item, line);
    const text = container.type === "text" ? container : { quote: false, indented: false };
    this.#append(line);
    if (isRule(line) || (isUnderline(line) && !fresh && !text.quote && !/^\s*\|/.test(this.#source))) {
      return this.close();
    }
    // Other items start a list after a quote, but not after a line that lazily continues it.
    if (item && text.quote) return this.#listAt(item);
    const indented = indentOf(line) >= 4;
    this.#container = indented && container.type !== "text"
      ? { type: "indented" }
      : { type: "text", quote: text.quote || isQuote(line), indented };
  }

  /** Starts a block with a line that does so even within a paragraph or a list. */
  #opensBlock(line: string, inParagraph: boolean): boolean {
    const fence = openingFence(line);
    if (fence) {
      this.close();
      this.#container = { type: "code", fence, empty: true };
      return true;
    }
    if (isHeading(line)) {
      this.close();
      this.#append(line);
      this.close();
      return true;
    }
    const mathEnd = openMath(line);
    if (mathEnd !== undefined) {
      this.close();
      this.#container = { type: "math", end: mathEnd };
      this.#append(line);
      return true;
    }
    const html = openingHtml(line, inParagraph);
    if (!html) return false;
    this.close();
    const container: Container = { type: "html", end: html.end, details: 0 };
    this.#container = container;
    if (html.ended) {
      this.#append(line);
      this.close();
    } else {
      this.#htmlLine(container, line, true);
    }
    return true;
  }

  #htmlLine(html: Container & { type: "html" }, line: string, first = false): void {
    this.#append(line);
    if (html.end === "blank") html.details = detailsDepth(line, html.details);
    if (!first && html.end !== "blank" && html.end.test(line)) this.close();
  }

  #startList(item: Item, line: string): void {
    this.close();
    this.#listAt(item);
    this.#append(line);
  }

  #listAt(item: Item): void {
    this.#container = {
      type: "list",
      item,
      firstNumber: item.number,
      items: 1,
      loose: false,
      continuable: canBeContinued(item.text),
    };
  }

  #listLine(list: Container & { type: "list" }, line: string): void {
    const outside = indentOf(line) < list.item.contentIndent;
    if (outside && isRule(line)) {
      this.#append(line);
      return this.close();
    }
    const item = outside ? listItem(line) : undefined;
    if (outside && (isQuote(line) || (!item && !list.continuable))) {
      this.close();
      return this.#flowLine(line);
    }
    if (outside && this.#opensBlock(line, true)) return;
    if (this.#afterBlank) list.loose ||= item !== undefined || indentOf(line) <= list.item.contentIndent;
    if (item) this.#nextItem(list, item);
    list.continuable = canBeContinued(item?.text ?? line);
    this.#append(line);
  }

  #nextItem(list: Container & { type: "list" }, item: Item): void {
    if (this.#source.length > LONG_LIST && item.kind === list.item.kind) {
      const start = list.firstNumber === undefined ? undefined : list.firstNumber + list.items;
      this.close();
      this.#list = start === undefined ? { loose: list.loose } : { start, loose: list.loose };
      this.#container = list;
    }
    list.items = item.kind === list.item.kind ? list.items + 1 : 1;
    if (item.kind !== list.item.kind) list.firstNumber = item.number;
    list.item = item;
  }

  #append(line: string): void {
    this.#source += this.#source === "" ? line : `\n${line}`;
  }
}

function dedent(line: string, indent: number): string {
  let start = 0;
  while (start < indent && (line[start] === " " || line[start] === "\t")) start++;
  return line.slice(start);
}
