import { FreshetError, type ModelAbility, type ServerModel } from "../../shared/mod.ts";
import type { ModelManager } from "../manager.ts";
import type { ProviderOptions } from "../options.ts";
import type { Endpoint } from "../provider.ts";
import { firstText, recordOf, recordsOf, textOf } from "./fields.ts";
import { createLocalAIFiles } from "./localai_files.ts";
import { createLocalAIGallery } from "./localai_gallery.ts";
import { askJob, askOf, followJob, isUnknownJob, jobOf, operate, statusOf } from "./localai_jobs.ts";
import { applicationOf } from "./localai_names.ts";
import { poll } from "./poll.ts";
import { ServerApi } from "./server_api.ts";
import { managerWithout } from "./without.ts";

const CAN: readonly ModelAbility[] = [
  "pull",
  "cancel",
  "delete",
  "load",
  "unload",
  "configure",
  "gallery",
  "backends",
];

/**
 * LocalAI's management API (https://localai.io/docs/models/, https://localai.io/docs/backends/ and its
 * core/http/routes/localai.go): models come from a gallery or an address, in jobs that go on by themselves, one after the
 * other. Jobs are forgotten when it is started anew; what was loaded stays, and a new job goes on there.
 */
export function createLocalAIManager(options: ProviderOptions = {}): ModelManager {
  const api = new ServerApi("localai", options);
  return {
    ...managerWithout("localai"),
    can: new Set(CAN),
    gallery: createLocalAIGallery(api),
    files: createLocalAIFiles(api),
    pullName: (wanted) => wanted.trim(),
    survey: (endpoint, signal) => survey(api, endpoint, signal),
    async *pull(endpoint, model, signal, job) {
      const known = job !== undefined && await followJob(api, endpoint, job, signal);
      const id = known && job !== undefined ? job : await apply(api, endpoint, model, signal);
      yield* poll(askOf(api, endpoint, id, model, signal), signal, options.pollMs);
    },
    pausePull: (endpoint, job, signal) => operate(api, endpoint, job, "pause", signal),
    cancelPull: (endpoint, job, signal) => operate(api, endpoint, job, "cancel", signal),
    async delete(endpoint, model, signal) {
      const path = `/models/delete/${encodeURIComponent(model)}`;
      const id = jobOf(await api.ask(endpoint, path, signal, { method: "POST", model }));
      if (id !== "") await settled(api, endpoint, id, model, signal, options.pollMs);
    },
    async load(endpoint, model, { isForEmbeddings }, signal) {
      try {
        await api.ask(endpoint, "/backend/load", signal, { method: "POST", body: { model }, model });
      } catch (error) {
        if (!(error instanceof FreshetError && error.code === "unsupported")) throw error;
        // Older versions load a model when it is first asked.
        const messages = [{ role: "user", content: "." }];
        const [path, body] = isForEmbeddings
          ? ["/v1/embeddings", { model, input: "." }]
          : ["/v1/chat/completions", { model, messages, max_tokens: 1 }];
        await api.ask(endpoint, path, signal, { method: "POST", body, model });
      }
    },
    async unload(endpoint, model, signal) {
      await api.ask(endpoint, "/backend/shutdown", signal, { method: "POST", body: { model }, model });
    },
  };
}

async function survey(api: ServerApi, endpoint: Endpoint, signal: AbortSignal) {
  const [system, version, own, galleries, backends, listed] = await Promise.all(
    ["/system", "/version", "/.well-known/localai.json", "/models/galleries", "/backends", "/v1/models"]
      .map((path) => api.askIfThere(endpoint, path, signal)),
  );
  const loaded = recordsOf(recordOf(system).loaded_models).map(({ id }) => textOf(id));
  const isThere: Partial<Record<ModelAbility, boolean>> = {
    pull: galleries !== undefined,
    cancel: galleries !== undefined,
    gallery: galleries !== undefined,
    delete: galleries !== undefined,
    backends: backends !== undefined,
    configure: recordOf(recordOf(own).capabilities).config_patch === true,
  };
  const names = new Set([...recordsOf(recordOf(listed).data).map(({ id }) => textOf(id)), ...loaded]);
  return {
    version: firstText(recordOf(version).version, recordOf(own).version) || null,
    can: CAN.filter((ability) => isThere[ability] ?? true),
    lacks: CAN.filter((ability) => isThere[ability] === false),
    models: [...names].filter(Boolean).sort().map((id): ServerModel => ({
      id,
      title: id,
      loaded: loaded.includes(id) ? [{ id, settings: {} }] : [],
      fields: [],
    })),
  };
}

/** Begins a job; resolves to its id. Versions without an importer are given the gallery's bare model with the file. */
async function apply(
  api: ServerApi,
  endpoint: Endpoint,
  model: string,
  signal: AbortSignal,
): Promise<string> {
  const { importing, applying } = applicationOf(model);
  if (importing) {
    try {
      const body = importing;
      return jobOf(await api.ask(endpoint, "/models/import-uri", signal, { method: "POST", body, model }));
    } catch (error) {
      if (!(error instanceof FreshetError && error.code === "unsupported")) throw error;
    }
  }
  return jobOf(await api.ask(endpoint, "/models/apply", signal, { method: "POST", body: applying, model }));
}

/** Waits for the end of a job, unless the server does not know it: older versions tell nothing of deletions. */
async function settled(
  api: ServerApi,
  endpoint: Endpoint,
  id: string,
  model: string,
  signal: AbortSignal,
  pollMs: number | undefined,
): Promise<void> {
  try {
    const ask = async () => statusOf(await askJob(api, endpoint, id, signal), id, model);
    await Array.fromAsync(poll(ask, signal, pollMs));
  } catch (error) {
    if (!isUnknownJob(error)) throw error;
  }
}
