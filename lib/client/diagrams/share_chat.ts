import { escapeHtml } from "../../markdown/mod.ts";
import type { Translate } from "../../shared/texts/mod.ts";
import { unreachable } from "../api_client.ts";
import type { ChatApi } from "../chat_api.ts";
import type { Toasts } from "../toasts.ts";
import type { DiagramLook } from "./diagram_theme.ts";
import { drawSource, isDrawerMissing, svgFile } from "./draw_source.ts";
import { DARK_FILE, LIGHT_FILE } from "./share_looks.ts";

/** A diagram's code as the server writes it into the file: what people and models wrote has no `<` there. */
const DIAGRAM =
  /(<figure class="code-block" data-language="mermaid"><figcaption>[^]*?<\/figcaption>)(<pre[^>]*>)(<code[^>]*>)([^<]*)(<\/code><\/pre>)/g;

/**
 * Saves a chat as one HTML file with its diagrams as pictures. The server cannot draw them; a file without any is saved as it
 * comes. What cannot be drawn stays code. Throws a `FreshetError` where the file, or what draws, cannot be fetched.
 */
export async function shareChat(
  { api, toasts, t }: { api: ChatApi; toasts: Toasts; t: Translate },
  url: string,
): Promise<void> {
  const response = await api.client.request(url, {});
  const text = await response.text().catch(unreachable);
  // Dozens of them take a while.
  if (text.search(DIAGRAM) >= 0) toasts.show({ kind: "info", message: t("diagram.drawing") });
  const html = await withDrawings(text, t);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([html], { type: "text/html" }));
  link.download = nameOf(response.headers.get("content-disposition") ?? "");
  link.click();
  // A file of many megabytes is still being written then.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

async function withDrawings(html: string, t: Translate): Promise<string> {
  const parts: string[] = [];
  let from = 0;
  for (const found of html.matchAll(DIAGRAM)) {
    const [whole, head = "", pre = "", open = "", code = "", close = ""] = found;
    const picture = await drawn(textOf(code), t);
    parts.push(html.slice(from, found.index));
    parts.push(
      picture === null
        ? whole
        : `${head}${picture}<details class="source"><summary>${
          escapeHtml(t("diagram.source"))
        }</summary>${pre}${open}${code}${close}</details>`,
    );
    from = found.index + whole.length;
  }
  return parts.join("") + html.slice(from);
}

/** As pictures, in which nothing runs or is loaded, whatever they hold. */
async function drawn(source: string, t: Translate): Promise<string | null> {
  const draw = async (look: DiagramLook) => dataUrl(svgFile(await drawSource(source, look)));
  let light: string;
  let dark: string;
  try {
    light = await draw(LIGHT_FILE);
    dark = await draw(DARK_FILE);
  } catch (error) {
    if (error instanceof TypeError && isDrawerMissing()) unreachable(error);
    // Whatever is wrong with a source: there is nothing to show but its code.
    return null;
  }
  return `<picture class="drawing"><source media="screen and (prefers-color-scheme:dark)" srcset="${dark}">` +
    `<img src="${light}" alt="${escapeHtml(t("diagram"))}"></picture>`;
}

function dataUrl(svg: string): string {
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

function textOf(escaped: string): string {
  return new DOMParser().parseFromString(`<pre>\n${escaped}</pre>`, "text/html").body.textContent ?? "";
}

function nameOf(disposition: string): string {
  const name = /filename\*=UTF-8''([^;]+)/.exec(disposition)?.[1];
  return name === undefined ? "chat.html" : decodeURIComponent(name);
}
