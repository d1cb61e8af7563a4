import type { ModelInfo } from "../../shared/mod.ts";

/** Tokens, counted with `tokenize`. */
export const SKETCH_CONTEXT_LENGTH = 32_768;

/** The one model. */
export const SKETCH_MODEL: ModelInfo = {
  id: "sketch",
  name: "Sketch (built in, no AI)",
  capabilities: ["chat", "tools", "json", "embedding"],
  contextLength: SKETCH_CONTEXT_LENGTH,
  family: "sketch",
  ownedBy: "freshet",
  loaded: true,
};

/** The line below answers that could be taken for those of a language model. */
export const FOOTER =
  "*I'm Sketch, the built-in rule-based model: no AI runs here. Add a model server in Settings to chat with a real one.*";

/** An answer with the line that says who gave it. */
export function withFooter(markdown: string): string {
  return `${markdown.trimEnd()}\n\n---\n\n${FOOTER}`;
}
