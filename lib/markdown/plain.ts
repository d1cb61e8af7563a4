import { Lexer, type Token } from "marked";

/**
 * The text of a Markdown document on one line, without markers, addresses and HTML: for titles, search and excerpts. Code
 * keeps its text, images their description.
 */
export function plainText(markdown: string): string {
  const words: string[] = [];
  collect(Lexer.lex(markdown, { gfm: true }), words);
  return words.join("").replace(/\s+/g, " ").trim();
}

/** Tokens that end a line of text. */
const BLOCKS = new Set(["br", "code", "heading", "list_item", "paragraph", "space", "table"]);

function collect(tokens: readonly Token[], words: string[]): void {
  for (const token of tokens) {
    if (token.type === "table") {
      for (const cell of [...token.header, ...token.rows.flat()]) {
        collect([...cell.tokens, { type: "br", raw: "" }], words);
      }
    } else if (token.type === "list") collect(token.items, words);
    else if (token.type === "html" || token.type === "checkbox") continue;
    else if ("tokens" in token && token.tokens) collect(token.tokens, words);
    else if ("text" in token && token.type !== "def") words.push(decodeBasic(token.text));
    if (BLOCKS.has(token.type)) words.push(" ");
  }
}

const CHARACTERS: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " " };

function decodeBasic(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|apos|nbsp);/g, (whole, name) => CHARACTERS[name] ?? whole);
}
