import type { ServerSetting, SettingValues } from "../../shared/mod.ts";

const CONTEXT_MAX = 10_485_760;
/** modules/loaders.py of 3.x and 4.x. */
const LOADERS = ["llama.cpp", "Transformers", "ExLlamav3_HF", "ExLlamav3", "ExLlamav2_HF", "ExLlamav2"];
/** modules/shared.py, --cache-type. */
const CACHE_TYPES = ["fp16", "q8_0", "q4_0", "q8", "q6", "q4"];

/** Names of before 3.0 that mean the same; each version passes over what it does not know. */
const OLDER_NAMES: Readonly<Record<string, readonly string[]>> = {
  ctx_size: ["n_ctx", "max_seq_len"],
  gpu_layers: ["n_gpu_layers"],
  batch_size: ["n_batch"],
};

/** The loader's settings worth setting from afar, by modules/loaders.py (`loaders_and_params`). */
export const TEXTGEN_SETTINGS: readonly ServerSetting[] = [
  { name: "loader", text: "loader", type: "choice", options: LOADERS },
  { name: "ctx_size", text: "contextLength", type: "number", min: 0, max: CONTEXT_MAX, step: 1 },
  { name: "gpu_layers", text: "gpuLayers", type: "number", min: -1, max: 1_000, step: 1 },
  { name: "cache_type", text: "cacheType", type: "choice", options: CACHE_TYPES },
  { name: "threads", text: "threads", type: "number", min: 0, max: 1_024, step: 1 },
  { name: "threads_batch", text: "threadsBatch", type: "number", min: 0, max: 1_024, step: 1 },
  { name: "batch_size", text: "batch", type: "number", min: 1, max: 65_536, step: 1 },
  { name: "tensor_split", text: "tensorSplit", type: "text", maxLength: 200 },
  { name: "gpu_split", text: "gpuSplit", type: "text", maxLength: 200 },
  { name: "no_mmap", text: "noMmap", type: "toggle" },
  { name: "mlock", text: "mlock", type: "toggle" },
  { name: "no_kv_offload", text: "noKvOffload", type: "toggle" },
  { name: "load_in_4bit", text: "loadIn4bit", type: "toggle" },
  { name: "load_in_8bit", text: "loadIn8bit", type: "toggle" },
  { name: "instruction_template", text: "instructionTemplate", type: "text", maxLength: 200 },
];

/** The arguments of a loader, under the names of every version, and the template of instructions, which goes beside them. */
export function argumentsOf(
  { instruction_template, ...settings }: SettingValues,
): { args: SettingValues; template: string | undefined } {
  const args = Object.entries(settings).flatMap(([name, value]) =>
    [name, ...OLDER_NAMES[name] ?? []].map((one) => [one, value] as const)
  );
  const template = typeof instruction_template === "string" ? instruction_template : undefined;
  return { args: Object.fromEntries(args), template };
}
