/**
 * Markdown of chats: rendering to sanitised HTML, and splitting into blocks while it streams. Browser-safe, no I/O.
 */
export type { Block, ListContinuation } from "./block.ts";
export { escapeHtml } from "./escape.ts";
export { plainText } from "./plain.ts";
export { renderBlock, renderMarkdown, renderOpenBlock, type RenderOptions } from "./render.ts";
export { BlockSplitter, splitBlocks, type SplitState } from "./splitter.ts";
