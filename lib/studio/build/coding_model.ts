import type { ModelEntry } from "../../shared/mod.ts";
import { canChat, defaultModel } from "../../nodes/mod.ts";

const HOSTED_DEFAULT = "gpt-4o";
const CODER = /cod(?:er|e|ing|estral)|devstral|starcoder|qwen3-next|gpt-oss/i;

/**
 * The model that builds where none was chosen: `gpt-4o` once OpenAI is set up, else the largest local model made for code,
 * else what chats use. "" where there is none.
 */
export function codingModel(models: ModelEntry[]): string {
  const chatting = models.filter(canChat);
  if (chatting.some(({ id }) => id === HOSTED_DEFAULT)) return HOSTED_DEFAULT;
  const coders = chatting
    .filter(({ id, nodes }) => CODER.test(id) && nodes.some(({ local, kind }) => local && kind !== "sketch"))
    .sort((a, b) => size(b) - size(a));
  return coders[0]?.id ?? defaultModel(models, "");
}

/** Billions of parameters, by what the server or the name says. */
export function size({ id, parameters }: Pick<ModelEntry, "id" | "parameters">): number {
  return Number(/(\d+(?:\.\d+)?)\s*b\b/i.exec(`${parameters ?? ""} ${id}`)?.[1] ?? 0);
}
