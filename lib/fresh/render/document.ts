import type { RenderState } from "./render_state.ts";
import type { Part } from "./tokens.ts";

/**
 * Makes a whole document of a rendered page: puts the entries of the head where they belong, adds what the page lacks of
 * `html`, `head` and `body`, and ends the body with `bodyEnd`.
 */
export function composeDocument(html: string, state: RenderState, bodyEnd: string): string {
  const { tokens, skeleton } = state;
  const { rest, parts } = tokens.cut(html);
  const head = composeHead(parts, state);
  const templates = parts.filter(({ name }) => name === "template").map((part) => part.html);
  const end = templates.join("") + bodyEnd;
  const hasBody = skeleton.has("body");
  const content = hasBody ? fillBody(rest, state, end) : rest;
  const [open, close] = hasBody ? ["", ""] : ["<body>", `${end}</body>`];
  const filled = skeleton.has("html")
    ? tokens.fill(tokens.fill(content, "html-start", head + open), "html-end", close)
    : `<html>${head}${open}${content}${close}</html>`;
  return `<!DOCTYPE html>${filled}`;
}

function fillBody(html: string, { tokens }: RenderState, end: string): string {
  return tokens.fill(tokens.fill(html, "body-start", ""), "body-end", end);
}

function composeHead(parts: Part[], state: RenderState): string {
  const entries = mergeEntries(parts, state.headKeys);
  const own = parts.find(({ name }) => name === "head");
  if (own) return state.tokens.fill(own.html, "head-end", entries);
  return `<head>${/<meta[^>]* charset/i.test(entries) ? "" : '<meta charset="utf-8">'}${entries}</head>`;
}

/** Of entries with the same key the last one stays, in the place of the first. Without a key it is the markup that counts. */
function mergeEntries(parts: Part[], keys: ReadonlyMap<string, string>): string {
  const entries = new Map<string, string>();
  for (const { name, html } of parts) {
    const key = keys.get(name);
    if (key !== undefined) entries.set(key || `markup ${html}`, html);
  }
  return [...entries.values()].join("");
}
