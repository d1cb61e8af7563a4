import { Lexer, Parser, type Token, type TokensList } from "marked";
import type { Block, ListContinuation } from "./block.ts";
import { codeBlockHtml, type Highlight } from "./code.ts";
import { MATH_EXTENSIONS } from "./math.ts";
import { repair } from "./repair.ts";
import { BlockRenderer } from "./renderer.ts";
import { sanitize } from "./sanitize.ts";
import { splitBlocks } from "./splitter.ts";

/** How Markdown is rendered. */
export interface RenderOptions {
  /** The text of the button that copies a code block; default "Copy", no button where it is "". */
  copyLabel?: string;
  /** What the box of a task in a list is called for those who do not see it; default "Task". */
  taskLabel?: string;
  /** Keep every line break, as for what people type; default false. */
  breaks?: boolean;
  /** Colours code; absent where that is done later. Code within lists and quotes stays plain. */
  highlight?: Highlight;
}

/**
 * The sanitised HTML of one Markdown block (GitHub Flavored Markdown), or of a whole document. Links are `http`, `https`,
 * `mailto` or relative and open apart; images that would ask a foreign host become links; HTML is escaped but for a few
 * harmless tags. Formulas ($…$, $$…$$, \\(…\\), \\[…\\]) are `.math` with their TeX as text, to be typeset later. Code blocks are `figure.code-block` with a `button[data-copy]`, tables lie in a `div.table-scroll`.
 *
 * @example
 * ```ts
 * renderBlock("**Hi** <script>alert(1)</script>"); // "<p><strong>Hi</strong> &lt;script&gt;alert(1)&lt;/script&gt;</p>\n"
 * ```
 */
export function renderBlock(block: string | Block, options: RenderOptions = {}): string {
  const copyLabel = options.copyLabel ?? "Copy";
  if (typeof block !== "string" && block.type === "code") {
    return codeBlockHtml(block.source, block.language, copyLabel, options.highlight);
  }
  const [source, list] = typeof block === "string" ? [block, undefined] : [block.source, block.list];
  const parsing = { gfm: true, breaks: options.breaks ?? false, extensions: MATH_EXTENSIONS };
  const labels = { copy: copyLabel, task: options.taskLabel ?? "Task" };
  const tokens = Lexer.lex(source, parsing);
  if (list) continueList(tokens, list);
  return sanitize(Parser.parse(tokens, { ...parsing, renderer: new BlockRenderer(labels) }));
}

/**
 * Like `renderBlock`, for the block that is still being written: what is half there (`**bold`, a link's address, a table's
 * first row) is shown as what it will most likely become. Its work grows with the block, so call it at most once per frame.
 */
export function renderOpenBlock(block: Block, options: RenderOptions = {}): string {
  return renderBlock(block.type === "markdown" ? { ...block, source: repair(block.source) } : block, options);
}

/** The HTML of a whole document, block by block: the same as what streaming it ends with. */
export function renderMarkdown(source: string, options: RenderOptions = {}): string {
  return splitBlocks(source).map((block) => renderBlock(block, options)).join("");
}

function continueList(tokens: TokensList, { start, loose }: ListContinuation): void {
  const list = tokens[0];
  if (list?.type !== "list") return;
  if (start !== undefined) list.start = start;
  if (!loose) return;
  for (const item of list.items) item.tokens = item.tokens.map(asParagraph);
}

/** The text of an item in a loose list is a paragraph. */
function asParagraph(token: Token): Token {
  return token.type === "text" ? { ...token, type: "paragraph" } : token;
}
