import type { InferenceProviderOrPolicy } from "@huggingface/inference";
import { isDedicated } from "./huggingface_routes.ts";
import type { Endpoint } from "./provider.ts";

/** A short name for a model on a certain inference provider. */
export interface HuggingFaceAlias {
  model: string;
  inferenceProvider: string;
}

/** The short names that Freshet knows. */
export const HUGGINGFACE_ALIASES: Readonly<Record<string, HuggingFaceAlias>> = {
  deepseek: { model: "deepseek-ai/DeepSeek-V3", inferenceProvider: "novita" },
  llama: { model: "meta-llama/Llama-3.1-8B-Instruct", inferenceProvider: "nebius" },
};

/** The model and provider to ask the client for. */
export interface HuggingFaceTarget {
  model: string;
  /** Absent for a dedicated endpoint and for the router's own choice. */
  provider: InferenceProviderOrPolicy | undefined;
}

/**
 * Resolves an alias, the node's inference provider ("auto" by default) or a provider named in the model (`model:provider`).
 * One that the client has no code for is named to the router instead, which knows it by the same suffix
 * (https://huggingface.co/docs/inference-providers/tasks/chat-completion).
 */
export async function targetOf(name: string, endpoint: Endpoint): Promise<HuggingFaceTarget> {
  if (isDedicated(endpoint.baseUrl)) return { model: name, provider: undefined };
  const alias = Object.hasOwn(HUGGINGFACE_ALIASES, name) ? HUGGINGFACE_ALIASES[name] : undefined;
  const model = alias?.model ?? name;
  const wanted = alias?.inferenceProvider ?? endpoint.inferenceProvider ?? "auto";
  if (model.includes(":") || wanted === "auto") return { model, provider: "auto" };
  const { PROVIDERS_OR_POLICIES } = await import("@huggingface/inference");
  const known = PROVIDERS_OR_POLICIES.find((provider) => provider === wanted);
  return known ? { model, provider: known } : { model: `${model}:${wanted}`, provider: "auto" };
}
