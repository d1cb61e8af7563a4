import type { RenderState } from "./render_state.ts";

/**
 * Makes a whole document of a rendered page: puts the entries of the head where they belong, adds what the page lacks of
 * `html`, `head` and `body`, and ends the body with `bodyEnd`.
 */
export function composeDocument(html: string, state: RenderState, bodyEnd: string): string {
  const { tokens, skeleton } = state;
  const { rest, parts } = tokens.cut(html);
  const head = composeHead(parts, state);
  const end = parts.filter(({ name }) => name === "template").map((part) => part.html)
    .join("") + bodyEnd;
  if (!skeleton.has("html")) {
    return `<!DOCTYPE html><html>${head}${
      skeleton.has("body") ? fillBody(rest, state, end) : body(rest, end)
    }</html>`;
  }
  const [open, close] = skeleton.has("body") ? ["", ""] : ["<body>", `${end}</body>`];
  const filled = skeleton.has("body") ? fillBody(rest, state, end) : rest;
  return `<!DOCTYPE html>${
    tokens.fill(
      tokens.fill(filled, "html-start", head + open),
      "html-end",
      close,
    )
  }`;
}

function fillBody(html: string, { tokens }: RenderState, end: string): string {
  return tokens.fill(tokens.fill(html, "body-start", ""), "body-end", end);
}

function body(content: string, end: string): string {
  return `<body>${content}${end}</body>`;
}

function composeHead(
  parts: { name: string; html: string }[],
  state: RenderState,
): string {
  const entries = mergeEntries(parts, state.headKeys);
  const own = parts.find(({ name }) => name === "head");
  if (own) return state.tokens.fill(own.html, "head-end", entries);
  return `<head>${/<meta[^>]* charset/i.test(entries) ? "" : '<meta charset="utf-8">'}${entries}</head>`;
}

/** Of entries with the same key the last one stays, in the place of the first. Without a key it is the markup that counts. */
function mergeEntries(
  parts: { name: string; html: string }[],
  keys: ReadonlyMap<string, string>,
): string {
  const entries = new Map<string, string>();
  for (const { name, html } of parts) {
    const key = keys.get(name);
    if (key !== undefined) entries.set(key || `markup ${html}`, html);
  }
  return [...entries.values()].join("");
}
