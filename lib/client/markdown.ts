import { type ReadonlySignal, signal } from "@preact/signals";

/** `lib/markdown`, which is half of all scripts of the page. */
export type MarkdownModule = typeof import("../markdown/mod.ts");

const IS_SERVER = typeof document === "undefined";

// The server needs it for every page. A browser gets its pages rendered, and needs it only for what is written or loaded later.
const loaded = signal<MarkdownModule | null>(IS_SERVER ? await import("../markdown/mod.ts") : null);
let loading: Promise<void> | undefined;

/** The renderer of Markdown; null in a browser until it is loaded. */
export const markdown: ReadonlySignal<MarkdownModule | null> = loaded;

/** Loads the renderer of Markdown, once. */
export function loadMarkdown(): Promise<void> {
  loading ??= import("../markdown/mod.ts").then((module) => {
    loaded.value = module;
  });
  return loading;
}
