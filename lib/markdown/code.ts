import { escapeHtml } from "./escape.ts";

/** The language named by a fence's info string ("ts", "c++"), in lower case; empty where it names none. */
export function languageOf(info: string): string {
  return /^[\w+#.-]{0,32}/.exec(info.trim())?.[0].toLowerCase() ?? "";
}

/** A code block with its language and a button that a listener on the page makes copy the code. */
export function codeBlockHtml(code: string, language: string, copyLabel: string): string {
  const name = escapeHtml(language);
  const className = name && ` class="language-${name}"`;
  return `<figure class="code-block" data-language="${name}"><figcaption><span>${name || "text"}</span>` +
    `<button type="button" class="code-copy" data-copy>${escapeHtml(copyLabel)}</button></figcaption>` +
    `<pre tabindex="0"><code${className}>${escapeHtml(code)}</code></pre></figure>\n`;
}
