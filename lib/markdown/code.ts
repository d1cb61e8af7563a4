import { escapeHtml } from "./escape.ts";

/** The language named by a fence's info string ("ts", "c++"), in lower case; empty where it names none. */
export function languageOf(info: string): string {
  return /^[\w+#.-]{0,32}/.exec(info.trim())?.[0].toLowerCase() ?? "";
}

/** Makes HTML of code in a language, with nothing of the code's own in it that is not escaped; undefined to leave it plain. */
export type Highlight = (code: string, language: string) => string | undefined;

/** A code block with its language and a button that a listener on the page makes copy the code; without a label, no button. */
export function codeBlockHtml(
  code: string,
  language: string,
  copyLabel: string,
  highlight?: Highlight,
): string {
  const name = escapeHtml(language);
  const content = (language === "" ? undefined : highlight?.(code, language)) ?? escapeHtml(code);
  const button = copyLabel &&
    `<button type="button" class="code-copy" data-copy>${escapeHtml(copyLabel)}</button>`;
  const className = name && ` class="language-${name}"`;
  return `<figure class="code-block" data-language="${name}"><figcaption><span>${name || "text"}</span>` +
    `${button}</figcaption><pre tabindex="0"><code${className}>${content}</code></pre></figure>\n`;
}
