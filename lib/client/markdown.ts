import { type ReadonlySignal, signal } from "@preact/signals";

/** `lib/markdown`, which is half of all scripts of the page. */
export type MarkdownModule = typeof import("../markdown/mod.ts");

const IS_SERVER = typeof document === "undefined";

// The server needs it for every page. A browser gets its pages rendered, and needs it only for what is written or loaded later.
const loaded = signal<MarkdownModule | null>(IS_SERVER ? await import("../markdown/mod.ts") : null);
let loading: Promise<void> | undefined;

/** The renderer of Markdown; null in a browser until it is loaded. */
export const markdown: ReadonlySignal<MarkdownModule | null> = loaded;

/** Loads the renderer of Markdown, once. While the server is away it is asked for again: without it no answer can be shown. */
export function loadMarkdown(): Promise<void> {
  loading ??= load();
  return loading;
}

/** ms before the renderer is asked for again. */
const RETRY_MS = 2000;

async function load(): Promise<void> {
  for (;;) {
    try {
      loaded.value = await import("../markdown/mod.ts");
      return;
    } catch (error) {
      // What a module throws is a bug; a TypeError says that it could not be fetched.
      if (!(error instanceof TypeError)) throw error;
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}
