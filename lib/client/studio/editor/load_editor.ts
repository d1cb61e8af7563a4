import { asset } from "fresh/runtime";

/** Monaco as it is bundled into static/gen/editor. */
export type Monaco = typeof import("../../workers/editor.ts").monaco;

/** ms before it is asked for again. */
const RETRY_MS = 2000;

let loading: Promise<Monaco> | undefined;

/** Loads the editor with its styles, once. While the server is away it is asked for again. */
export function loadEditor(): Promise<Monaco> {
  return loading ??= load();
}

async function load(): Promise<Monaco> {
  for (;;) {
    try {
      const [module] = await Promise.all([
        // An address that only the browser knows: it is no part of the islands' bundle.
        import(asset("/gen/editor/editor.js")) as Promise<{ monaco: Monaco }>,
        loadStyles(asset("/gen/editor/editor.css")),
      ]);
      return module.monaco;
    } catch (error) {
      // What a module throws is a bug; a TypeError says that it could not be fetched.
      if (!(error instanceof TypeError)) throw error;
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}

function loadStyles(href: string): Promise<void> {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = href;
  const loaded = new Promise<void>((resolve, reject) => {
    link.onload = () => resolve();
    link.onerror = () => {
      link.remove();
      reject(new TypeError(`Cannot load ${href}`));
    };
  });
  document.head.append(link);
  return loaded;
}
