import type { ServerSetting, SettingValues } from "../../shared/mod.ts";

const CONTEXT_MAX = 10_485_760;

/**
 * What `POST /api/v1/models/load` takes (https://lmstudio.ai/docs/developer/rest/load); models for embeddings only the length of
 * the context.
 */
export function lmStudioSettings(contextLength = CONTEXT_MAX, isForEmbeddings = false): ServerSetting[] {
  const context: ServerSetting = {
    name: "context_length",
    text: "contextLength",
    type: "number",
    min: 1,
    max: contextLength,
    step: 1,
  };
  if (isForEmbeddings) return [context];
  return [
    context,
    { name: "flash_attention", text: "flashAttention", type: "toggle" },
    { name: "offload_kv_cache_to_gpu", text: "kvOnGpu", type: "toggle" },
    { name: "eval_batch_size", text: "evalBatch", type: "number", min: 1, max: 65_536, step: 1 },
    { name: "num_experts", text: "experts", type: "number", min: 1, max: 1_024, step: 1 },
  ];
}

/** The settings among what a server tells of a model in memory. */
export function settingsOf(config: Readonly<Record<string, unknown>>): SettingValues {
  return Object.fromEntries(
    Object.entries(config).filter((entry): entry is [string, string | number | boolean] =>
      ["string", "number", "boolean"].includes(typeof entry[1])
    ),
  );
}
