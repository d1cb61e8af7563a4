import { asset } from "fresh/runtime";
import { beforeRetry, untilLoaded } from "./until_loaded.ts";

/** The code editor as it is bundled into static/gen/editor. */
export type EditorBundle = typeof import("../../workers/editor.ts");

/** Monaco in that bundle. */
export type Monaco = EditorBundle["monaco"];

let loading: Promise<EditorBundle> | undefined;

/** Loads the editor with its styles, once. While the server is away it is asked for again. */
export function loadEditor(): Promise<EditorBundle> {
  return loading ??= untilLoaded(load, beforeRetry);
}

async function load(attempt: number): Promise<EditorBundle> {
  // Some browsers remember that a module could not be had, so that each attempt has an address of its own.
  const query = attempt === 0 ? "" : `?attempt=${attempt}`;
  const [bundle] = await Promise.all([
    // An address that only the browser knows: it is no part of the islands' bundle.
    import(asset(`/gen/editor/editor.js${query}`)) as Promise<EditorBundle>,
    loadStyles(asset("/gen/editor/editor.css")),
  ]);
  return bundle;
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
