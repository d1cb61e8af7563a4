import { Token, Tokenizer, TokenizerMode } from "parse5";
import type { CheckProblem } from "../../shared/mod.ts";

/** Something a page loads, by `src` or `href`. */
export interface HtmlReference {
  url: string;
  line: number;
  column: number;
  /** A script or style sheet: without it the page does not work. */
  isEssential: boolean;
}

/** A script within a page. */
export interface InlineScript {
  line: number;
  column: number;
  text: string;
  isModule: boolean;
}

/** A page as far as checks need it. */
export interface HtmlPage {
  references: HtmlReference[];
  scripts: InlineScript[];
  /** What no browser could make sense of; browsers forgive the rest. */
  problems: CheckProblem[];
}

/** Elements whose content is text. */
const TEXT_MODES: Readonly<Record<string, number>> = {
  script: TokenizerMode.SCRIPT_DATA,
  style: TokenizerMode.RAWTEXT,
  textarea: TokenizerMode.RCDATA,
  title: TokenizerMode.RCDATA,
};
const FATAL: Readonly<Record<string, string>> = {
  "eof-in-tag": "The file ends within a tag",
  "eof-in-comment": "A comment is not closed",
  "eof-before-tag-name": "The file ends within a tag",
  "eof-in-doctype": "The file ends within the doctype",
};
const SCRIPT_TYPES = /^(?:|module|(?:text|application)\/(?:java|ecma)script)$/i;

/**
 * Reads a page tag by tag, as the HTML standard says (https://html.spec.whatwg.org/#tokenization). No tree is built: that takes
 * time by the square of the depth, and pages come from models.
 */
export function readHtml(source: string): HtmlPage {
  const page: HtmlPage = { references: [], scripts: [], problems: [] };
  const reader = new PageReader(page);
  const tokenizer = new Tokenizer({ sourceCodeLocationInfo: true }, {
    onStartTag: (tag) => {
      const mode = TEXT_MODES[tag.tagName];
      if (mode !== undefined) tokenizer.state = mode;
      // Without it the tokenizer would look for the end of whatever element came first.
      tokenizer.lastStartTagName = tag.tagName;
      reader.startTag(tag);
    },
    onEndTag: (tag) => reader.endTag(tag),
    onCharacter: ({ chars }) => reader.text(chars),
    onWhitespaceCharacter: ({ chars }) => reader.text(chars),
    onNullCharacter: () => {},
    onComment: () => {},
    onDoctype: () => {},
    onEof: () => reader.end(),
    onParseError: ({ code, startLine, startCol }) => {
      const message = FATAL[code];
      if (message) page.problems.push({ line: startLine, column: startCol, message });
    },
  });
  tokenizer.write(source, true);
  return page;
}

/** An element whose content is text, while it is read. */
interface OpenElement {
  name: string;
  line: number;
  column: number;
  isScript: boolean;
  isModule: boolean;
  parts: string[];
}

class PageReader {
  #open: OpenElement | undefined;

  constructor(readonly page: HtmlPage) {}

  startTag(tag: Token.TagToken): void {
    const { tagName: name, location } = tag;
    const [line, column] = [location?.startLine ?? 1, location?.startCol ?? 1];
    const src = Token.getTokenAttr(tag, "src");
    const href = Token.getTokenAttr(tag, "href");
    if (src) this.page.references.push({ url: src, line, column, isEssential: name === "script" });
    if (href && name === "link") {
      const isEssential = /\bstylesheet\b/i.test(Token.getTokenAttr(tag, "rel") ?? "");
      this.page.references.push({ url: href, line, column, isEssential });
    }
    if (!(name in TEXT_MODES)) return;
    const type = Token.getTokenAttr(tag, "type") ?? "";
    this.#open = {
      name,
      line: location?.endLine ?? 1,
      column: location?.endCol ?? 1,
      isScript: name === "script" && !src && SCRIPT_TYPES.test(type.trim()),
      isModule: /^module$/i.test(type.trim()),
      parts: [],
    };
  }

  text(chars: string): void {
    this.#open?.parts.push(chars);
  }

  endTag({ tagName }: Token.TagToken): void {
    if (this.#open?.name !== tagName) return;
    const { isScript, line, column, isModule, parts } = this.#open;
    if (isScript) this.page.scripts.push({ line, column, text: parts.join(""), isModule });
    this.#open = undefined;
  }

  end(): void {
    if (!this.#open) return;
    const { name, line, column } = this.#open;
    this.page.problems.push({ line, column, message: `<${name}> is not closed` });
  }
}
