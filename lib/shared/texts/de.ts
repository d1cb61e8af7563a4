import type { TextKey } from "./mod.ts";

/** German. */
export const de: Record<TextKey, string> = {
  "app.name": "Freshet",
};
