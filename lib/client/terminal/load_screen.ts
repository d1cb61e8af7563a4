import { asset } from "fresh/runtime";
import { beforeRetry, untilLoaded } from "../studio/editor/until_loaded.ts";

/** xterm as it is bundled into static/gen/terminal. */
export type ScreenBundle = typeof import("../workers/terminal_screen.ts");

let loading: Promise<ScreenBundle> | undefined;

/** Loads the terminal's screen, once; the page links its styles. While the server is away it is asked for again. */
export function loadScreen(): Promise<ScreenBundle> {
  return loading ??= untilLoaded((attempt) => {
    // Some browsers remember that a module could not be had, so that each attempt has an address of its own.
    const query = attempt === 0 ? "" : `?attempt=${attempt}`;
    return import(asset(`/gen/terminal/screen.js${query}`)) as Promise<ScreenBundle>;
  }, beforeRetry);
}
