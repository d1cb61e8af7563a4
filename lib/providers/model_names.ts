import type { Capability } from "../shared/mod.ts";

/** Names of models that neither chat nor embed: speech, images, moderation, the old completions, ranking. */
const OTHER_TASKS =
  /whisper|(^|[-_/])tts|dall-e|gpt-image|imagen|veo-|sora|moderation|transcribe|realtime|(^|-)audio(-|$)|babbage|davinci|rerank|ocr|stable-diffusion|(^|\/)flux/i;
const EMBEDDING = /embed|(^|[-_/])(bge|gte|e5|minilm)([-_]|$)/i;
const VISION =
  /vision|[-_]vl\b|[-_]vl[-_]|llava|pixtral|gpt-4o|gpt-4\.1|gpt-4-turbo|gpt-[5-9]|^o[134](-|$)|gemini|claude|gemma-?[34]|llama-?4|internvl|minicpm-v|moondream/i;
const REASONING =
  /^o\d(-|$)|gpt-[5-9]|gpt-oss|deepseek-(r\d|reasoner)|reasoner|thinking|qwq|qwen-?3|magistral|gemini-(2\.5|[3-9])/i;

/** False for a model whose name says that it does neither. */
export function isForChatOrEmbedding(id: string): boolean {
  return !OTHER_TASKS.test(id);
}

/**
 * What a model can do by its name, where the server does not say. Tools and JSON are taken as given: nearly all models since
 * 2024 have them, and the servers answer with a clear error otherwise.
 */
export function guessCapabilities(id: string): Capability[] {
  if (EMBEDDING.test(id)) return ["embedding"];
  const capabilities: Capability[] = ["chat", "tools", "json"];
  if (VISION.test(id)) capabilities.push("vision");
  if (REASONING.test(id)) capabilities.push("reasoning");
  return capabilities;
}
