import type { ModelAbility, ServerModel } from "../../shared/mod.ts";
import type { ModelManager } from "../manager.ts";
import type { ProviderOptions } from "../options.ts";
import { recordOf, textOf, textsOf } from "./fields.ts";
import { ServerApi } from "./server_api.ts";
import { argumentsOf, TEXTGEN_SETTINGS } from "./textgen_settings.ts";
import { managerWithout } from "./without.ts";

const CAN: readonly ModelAbility[] = ["load", "settings", "unload"];

/**
 * Text Generation WebUI's own endpoints beside OpenAI's (https://github.com/oobabooga/text-generation-webui/wiki/12-‐-OpenAI-API,
 * modules/api/script.py and models.py): it has one model in memory at a time, tells its loader and its LoRAs but not its
 * settings, and downloads or deletes nothing over the API.
 */
export function createTextgenManager(options: ProviderOptions = {}): ModelManager {
  const api = new ServerApi("textgen", options);
  return {
    ...managerWithout("textgen"),
    can: new Set(CAN),
    async survey(endpoint, signal) {
      const listed = await api.askIfThere(endpoint, "/v1/internal/model/list", signal);
      if (listed === undefined) return { version: null, can: [], lacks: [...CAN], models: [] };
      const info = recordOf(await api.askIfThere(endpoint, "/v1/internal/model/info", signal));
      const loaded = textOf(info.model_name);
      const names = textsOf(recordOf(listed).model_names).filter((name) => name !== "None");
      // A model may be loaded from elsewhere.
      if (loaded !== "" && loaded !== "None" && !names.includes(loaded)) names.unshift(loaded);
      return {
        version: null,
        can: [...CAN],
        lacks: [],
        models: names.map((id) => modelOf(id, loaded, info)),
      };
    },
    async load(endpoint, model, { settings = {} }, signal) {
      const { args, template } = argumentsOf(settings);
      const body = {
        model_name: model,
        args,
        // Versions before 3.0 read both from `settings`.
        ...(template === undefined
          ? {}
          : { instruction_template: template, settings: { instruction_template: template } }),
      };
      await api.ask(endpoint, "/v1/internal/model/load", signal, { method: "POST", body, model });
    },
    async unload(endpoint, model, signal) {
      await api.ask(endpoint, "/v1/internal/model/unload", signal, { method: "POST", body: {}, model });
    },
  };
}

function modelOf(id: string, loaded: string, info: Record<string, unknown>): ServerModel {
  const loader = textOf(info.loader);
  const loras = textsOf(info.lora_names).join(", ");
  const settings = { ...(loader ? { loader } : {}), ...(loras ? { lora_names: loras } : {}) };
  return {
    id,
    title: id,
    loaded: id === loaded ? [{ id, settings }] : [],
    fields: [...TEXTGEN_SETTINGS],
  };
}
