import { answer } from "../../lib/studio/testing.ts";

/**
 * A prompt that dictates to the built-in model, word for word, which files to write, so that a test knows what comes of it;
 * null deletes a file.
 */
export function dictated(files: Record<string, string | null>, paceMs = 0): string {
  return `/pace ${paceMs} /say ${JSON.stringify(answer(files))}`;
}
