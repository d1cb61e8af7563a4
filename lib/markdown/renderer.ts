import { Renderer, type Token, type Tokens } from "marked";
import { codeBlockHtml, languageOf } from "./code.ts";
import { escapeHtml } from "./escape.ts";
import { sanitizeRaw } from "./sanitize.ts";
import { isSafeImage } from "./url.ts";

/** Writes the HTML of tokens; what it writes still passes `sanitize`. */
export class BlockRenderer extends Renderer {
  #copyLabel: string;
  #taskLabel: string;

  constructor(labels: { copy: string; task: string }) {
    super();
    this.#copyLabel = labels.copy;
    this.#taskLabel = labels.task;
  }

  override checkbox({ checked }: Tokens.Checkbox): string {
    const state = checked ? " checked" : "";
    return `<input type="checkbox" aria-label="${escapeHtml(this.#taskLabel)}" disabled${state}> `;
  }

  override code({ text, lang }: Tokens.Code): string {
    return codeBlockHtml(text.replace(/\n$/, ""), languageOf(lang ?? ""), this.#copyLabel);
  }

  override table(token: Tokens.Table): string {
    return `<div class="table-scroll" tabindex="0">${super.table(token)}</div>\n`;
  }

  override html(token: Tokens.HTML | Tokens.Tag): string {
    if (!token.block) return sanitizeRaw(token.text, "tag");
    return sanitizeRaw(token.text, "pre" in token && token.pre ? "whole" : "block");
  }

  override link(token: Tokens.Link): string {
    return super.link({ ...token, tokens: token.tokens.map(imageAsText) });
  }

  /** What cannot be shown as an image is offered as a link: following it is the person's choice. */
  override image(token: Tokens.Image): string {
    if (isSafeImage(token.href)) return super.image(token);
    return `<a href="${escapeHtml(token.href)}">${escapeHtml(token.text || token.href)}</a>`;
  }
}

/** Links hold no links, so inside one a foreign image is only its text. */
function imageAsText(token: Token): Token {
  return token.type === "image" && !isSafeImage(token.href)
    ? { type: "text", raw: token.raw, text: token.text }
    : token;
}
