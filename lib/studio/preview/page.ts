import { chooseLanguage, textsOf, translateWith } from "../../shared/texts/mod.ts";

/** What may come before a page's first element: white space, comments and the document type. */
const PREAMBLE = /^\s*(?:<!--[^]*?-->\s*)*(?:<!doctype[^>]*>)?/i;
/** Attributes that name a file of the project as if it were at the root of a server; two slashes would be another host. */
const ROOTED =
  /(<(?:script|link|img|source|video|audio|a|use|image|form)\b[^>]*?\s(?:src|href|action|poster)\s*=\s*["']?)\/(?!\/)/gi;

/**
 * A page as the preview shows it: with the bridge before everything else of it, on the line where the page begins, so that
 * its own lines keep their numbers, and with addresses from the root (`/style.css`) led below the preview's own.
 */
export function previewPage(
  html: string,
  { base, bridge, nonce }: { base: string; bridge: string; nonce: string },
): string {
  const preamble = PREAMBLE.exec(html)?.[0] ?? "";
  const script = `<script src="${bridge}" data-nonce="${nonce}"></script>`;
  return preamble + script + html.slice(preamble.length).replaceAll(ROOTED, `$1${base}`);
}

/** The page that stands for a missing one, in a language of the browser's; the bridge in it tells the panel around it that something was shown. */
export function missingPage(path: string, acceptLanguage: string | null): string {
  const language = chooseLanguage("", acceptLanguage);
  const t = translateWith(textsOf(language, ["preview"]));
  const title = t("preview.missing.title");
  const [before, after] = t("preview.missing.text").split("{path}");
  const name = path.replaceAll(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);
  return `<!doctype html><html lang="${language}"><meta charset="utf-8"><title>${title}</title>` +
    `<style>html{color-scheme:light dark;font:1rem/1.5 system-ui;text-align:center}body{margin:20vh 1rem}</style>` +
    `<h1>${title}</h1><p>${before}<code>${name}</code>${after}</p></html>`;
}
