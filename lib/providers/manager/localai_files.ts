import type { ServerSetting } from "../../shared/mod.ts";
import type { ModelFiles } from "../manager.ts";
import { recordOf } from "./fields.ts";
import type { ServerApi } from "./server_api.ts";

/**
 * The settings of a model's file worth setting from afar, by https://localai.io/docs/advanced/model-configuration/; dots lead
 * into parts.
 */
const FIELDS: readonly ServerSetting[] = [
  { name: "context_size", text: "contextLength", type: "number", min: 1, max: 10_485_760, step: 1 },
  { name: "gpu_layers", text: "gpuLayers", type: "number", min: -1, max: 9_999_999, step: 1 },
  { name: "threads", text: "threads", type: "number", min: 1, max: 1_024, step: 1 },
  { name: "f16", text: "f16", type: "toggle" },
  { name: "mmap", text: "mmap", type: "toggle" },
  { name: "mmlock", text: "mmlock", type: "toggle" },
  { name: "backend", text: "backend", type: "text", maxLength: 200 },
  { name: "parameters.temperature", text: "temperature", type: "number", min: 0, max: 5, step: 0.01 },
  { name: "template.use_tokenizer_template", text: "useTokenizerTemplate", type: "toggle" },
  { name: "template.chat", text: "chatTemplate", type: "text", maxLength: 20_000, multiline: true },
];

/** LocalAI's files of models: `GET` and `PATCH /api/models/config-json/:name`, which merges what it is given into the file. */
export function createLocalAIFiles(api: ServerApi): ModelFiles {
  const path = (model: string) => `/api/models/config-json/${encodeURIComponent(model)}`;
  return {
    async read(endpoint, model, signal) {
      const file = recordOf(await api.ask(endpoint, path(model), signal, { model }));
      const values = FIELDS.flatMap(({ name }) => {
        const value = name.split(".").reduce<unknown>((part, key) => recordOf(part)[key], file);
        const isSet = ["number", "string", "boolean"].includes(typeof value) && value !== "";
        return isSet ? [[name, value as number | string | boolean] as const] : [];
      });
      return { fields: [...FIELDS], values: Object.fromEntries(values) };
    },
    async write(endpoint, model, changes, signal) {
      const body: Record<string, unknown> = {};
      for (const [name, value] of Object.entries(changes)) {
        const keys = name.split(".");
        const last = keys.pop() ?? name;
        let part = body;
        for (const key of keys) part = part[key] = recordOf(part[key]) as Record<string, unknown>;
        part[last] = value;
      }
      await api.ask(endpoint, path(model), signal, { method: "PATCH", body, model });
    },
  };
}
