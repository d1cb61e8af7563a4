import {
  FreshetError,
  type LoadedInstance,
  type ModelAbility,
  PAUSED_PHASE,
  type ServerModel,
} from "../../shared/mod.ts";
import { defined } from "../defined.ts";
import { HttpFailure } from "../http_failure.ts";
import type { ModelManager } from "../manager.ts";
import type { ProviderOptions } from "../options.ts";
import type { Endpoint } from "../provider.ts";
import { countOf, recordOf, recordsOf, textOf } from "./fields.ts";
import { lmStudioSettings, settingsOf } from "./lmstudio_settings.ts";
import { poll, type Progress } from "./poll.ts";
import { ServerApi } from "./server_api.ts";
import { managerWithout } from "./without.ts";

const CAN: readonly ModelAbility[] = ["load", "settings", "unload", "pull"];
const HUB = "https://huggingface.co/";

/**
 * LM Studio's REST API v1 (https://lmstudio.ai/docs/developer/rest: list, load, unload, download, download-status), which
 * came with 0.4.0. Older versions have v0 (https://lmstudio.ai/docs/developer/rest/endpoints), which only lists. Nothing of it
 * deletes a model, and nothing pauses or cancels a download; one that is paused in its window is told as such.
 */
export function createLmStudioManager(options: ProviderOptions = {}): ModelManager {
  const api = new ServerApi("lmstudio", options);
  const list = async (endpoint: Endpoint, signal: AbortSignal): Promise<ServerModel[] | undefined> => {
    const answer = await api.askIfThere(endpoint, "/api/v1/models", signal);
    return answer === undefined ? undefined : recordsOf(recordOf(answer).models).map(modelOf);
  };
  const instancesOf = async (endpoint: Endpoint, model: string, signal: AbortSignal) => {
    const models = await list(endpoint, signal);
    const found = models?.find(({ id, loaded }) => id === model || loaded.some((one) => one.id === model));
    return found?.loaded ?? [];
  };
  const unloadAll = async (endpoint: Endpoint, instances: readonly LoadedInstance[], signal: AbortSignal) => {
    for (const { id } of instances) {
      const body = { instance_id: id };
      await api.ask(endpoint, "/api/v1/models/unload", signal, { method: "POST", body, model: id });
    }
  };

  return {
    ...managerWithout("lmstudio"),
    can: new Set(CAN),
    pullName: (wanted) => wanted.trim(),
    async survey(endpoint, signal) {
      const models = await list(endpoint, signal);
      if (models) return { version: null, can: [...CAN], lacks: [], models };
      const old = await api.askIfThere(endpoint, "/api/v0/models", signal);
      return {
        version: null,
        can: [],
        lacks: [...CAN],
        models: recordsOf(recordOf(old).data).map(oldModelOf),
      };
    },
    async load(endpoint, model, { settings = {} }, signal) {
      const loaded = await instancesOf(endpoint, model, signal);
      // A second one would come beside the first.
      if (loaded.length > 0 && Object.keys(settings).length === 0) return;
      await unloadAll(endpoint, loaded, signal);
      const body = { model, ...settings };
      await api.ask(endpoint, "/api/v1/models/load", signal, { method: "POST", body, model });
    },
    async unload(endpoint, model, signal) {
      await unloadAll(endpoint, await instancesOf(endpoint, model, signal), signal);
    },
    async *pull(endpoint, model, signal, job) {
      const started = job === undefined ? undefined : await follow(api, endpoint, job, signal);
      const answer = started ?? await api.ask(endpoint, "/api/v1/models/download", signal, {
        method: "POST",
        body: downloadOf(model),
        model,
      });
      const first = recordOf(answer);
      const id = textOf(first.job_id);
      // Without a job all is there already.
      if (id === "") return;
      let waiting: unknown = first;
      const ask = async () => {
        const status = waiting ??
          await api.ask(endpoint, `/api/v1/models/download/status/${encodeURIComponent(id)}`, signal, {
            model,
          });
        waiting = undefined;
        return progressOf(recordOf(status), id, model);
      };
      yield* poll(ask, signal, options.pollMs);
    },
  };
}

/** A download that was begun before; undefined where the server knows nothing of it any more, or it failed. */
async function follow(api: ServerApi, endpoint: Endpoint, job: string, signal: AbortSignal) {
  try {
    const path = `/api/v1/models/download/status/${encodeURIComponent(job)}`;
    const status = recordOf(await api.ask(endpoint, path, signal));
    return status.status === "failed" || textOf(status.job_id) === "" ? undefined : status;
  } catch (error) {
    // The server was started anew and knows nothing of it.
    const failure = error instanceof FreshetError ? error.cause : undefined;
    if (failure instanceof HttpFailure && (failure.status === 400 || failure.status === 404)) {
      return undefined;
    }
    throw error;
  }
}

/** Names are those of its catalogue; `hf.co/owner/repository:quantisation` is of Hugging Face, as for Ollama. */
function downloadOf(model: string): Record<string, string> {
  const match = /^(?:https?:\/\/)?(?:hf\.co|huggingface\.co)\/([^:\s]+?)(?::([\w.-]+))?$/.exec(model);
  if (!match) return { model };
  return { model: `${HUB}${match[1]}`, ...(match[2] === undefined ? {} : { quantization: match[2] }) };
}

function progressOf(status: Record<string, unknown>, job: string, model: string): Progress {
  const phase = textOf(status.status);
  if (phase === "failed") {
    throw new FreshetError("upstream", `LM Studio could not download ${model}`, {
      hint: "Its own page of downloads says more",
    });
  }
  const totalBytes = countOf(status.total_size_bytes) ?? 0;
  const completedBytes = countOf(status.downloaded_bytes) ?? 0;
  const layer = { digest: job, totalBytes, completedBytes };
  const step = {
    phase: phase === "downloading" ? "pulling" : phase,
    job,
    ...(totalBytes > 0 ? { layer } : {}),
  };
  const isDone = phase === "completed" || phase === "already_downloaded";
  return { isDone, isWord: phase === PAUSED_PHASE, step };
}

function modelOf(entry: Record<string, unknown>): ServerModel {
  const id = textOf(entry.key);
  const contextLength = countOf(entry.max_context_length);
  return defined({
    id,
    title: textOf(entry.display_name) || id,
    sizeBytes: countOf(entry.size_bytes),
    parameters: textOf(entry.params_string) || undefined,
    quantization: textOf(recordOf(entry.quantization).name) || undefined,
    contextLength,
    loaded: recordsOf(entry.loaded_instances).map((instance) => ({
      id: textOf(instance.id),
      settings: settingsOf(recordOf(instance.config)),
    })),
    fields: lmStudioSettings(contextLength, entry.type === "embedding"),
  });
}

/** Of v0, which calls things otherwise and takes no settings. */
function oldModelOf(entry: Record<string, unknown>): ServerModel {
  const id = textOf(entry.id);
  return defined({
    id,
    title: id,
    quantization: textOf(entry.quantization) || undefined,
    contextLength: countOf(entry.max_context_length),
    loaded: entry.state === "loaded" ? [{ id, settings: {} }] : [],
    fields: [],
  });
}
