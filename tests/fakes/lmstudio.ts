import { isTrouble, type Job, Jobs, json, recordOf } from "./jobs.ts";
import { FakeServer, type FakeServerOptions, type RecordedRequest } from "./server.ts";
import type { Reply } from "./wire.ts";

/** A model of the fake, as `GET /api/v1/models` tells of it. */
export interface FakeLmStudioModel {
  key: string;
  type?: "llm" | "embedding";
  maxContextLength?: number;
  /** The settings of each instance in memory. */
  loaded?: { id: string; config: Record<string, unknown> }[];
}

/** What the fake of LM Studio takes. */
export interface FakeLmStudioOptions extends FakeServerOptions {
  models?: FakeLmStudioModel[];
  /** "v0" for versions before 0.4, which only list. */
  version?: "v0" | "v1";
  apiKey?: string;
  /** What can be downloaded, by what is asked for. */
  library?: Readonly<Record<string, Job>>;
  /** Models that cannot be loaded, with what is said of them. */
  broken?: Readonly<Record<string, string>>;
}

const DEFAULTS = {
  context_length: 4_096,
  eval_batch_size: 512,
  flash_attention: true,
  offload_kv_cache_to_gpu: true,
};
const TAKEN = new Set([...Object.keys(DEFAULTS), "num_experts", "echo_load_config", "model"]);

/** LM Studio's REST API, by https://lmstudio.ai/docs/developer/rest (list, load, unload, download, download-status). */
export function fakeLmStudio(options: FakeLmStudioOptions = {}): Promise<FakeServer> {
  const { models = [{ key: "qwen/qwen3-4b" }], library = {} } = options;
  const jobs = new Jobs(library, "job");
  return FakeServer.start((request) => {
    if (options.apiKey !== undefined && request.headers.get("authorization") !== `Bearer ${options.apiKey}`) {
      return json({ error: { message: "Invalid API token", type: "unauthorized" } }, 401);
    }
    return compatible(request, models) ??
      (options.version === "v0" ? undefined : native(request, models, jobs, options)) ??
      json({ error: `Unexpected endpoint or method. (${request.method} ${request.path})` });
  }, options);
}

function compatible({ method, path }: RecordedRequest, models: FakeLmStudioModel[]): Reply | undefined {
  if (method !== "GET") return undefined;
  if (path === "/v1/models") {
    const data = models.map(({ key }) => ({ id: key, object: "model", owned_by: "organization_owner" }));
    return json({ object: "list", data });
  }
  if (path !== "/api/v0/models") return undefined;
  return json({
    object: "list",
    data: models.map(({ key, type = "llm", maxContextLength = 40_960, loaded = [] }) => ({
      id: key,
      object: "model",
      type: type === "embedding" ? "embeddings" : "llm",
      publisher: "lmstudio-community",
      arch: "qwen3",
      compatibility_type: "gguf",
      quantization: "Q4_K_M",
      state: loaded.length > 0 ? "loaded" : "not-loaded",
      max_context_length: maxContextLength,
    })),
  });
}

function native(
  { method, path, body }: RecordedRequest,
  models: FakeLmStudioModel[],
  jobs: Jobs,
  { broken = {} }: FakeLmStudioOptions,
): Reply | undefined {
  const fields = recordOf(body);
  switch (`${method} ${path}`) {
    case "GET /api/v1/models":
      return json({ models: models.map(entry) });
    case "POST /api/v1/models/load":
      return load(fields, models, broken);
    case "POST /api/v1/models/unload":
      return unload(`${fields.instance_id}`, models);
    case "POST /api/v1/models/download":
      return download(fields, models, jobs);
  }
  const id = /^\/api\/v1\/models\/download\/status\/([^/]+)$/.exec(path)?.[1];
  if (method !== "GET" || id === undefined) return undefined;
  const job = jobs.ask(id);
  if (!job) return json({ error: { message: `Download job not found: ${id}`, type: "not_found" } }, 404);
  if (isTrouble(job)) return job;
  if (job.isDone && !models.some(({ key }) => key === job.name)) models.push({ key: job.name });
  const going = job.isPaused ? "paused" : "downloading";
  const status = job.failure === undefined ? (job.isDone ? "completed" : going) : "failed";
  return json({ job_id: id, status, downloaded_bytes: job.completed, total_size_bytes: job.total });
}

function entry({ key, type = "llm", maxContextLength = 40_960, loaded = [] }: FakeLmStudioModel) {
  return {
    type,
    publisher: "lmstudio-community",
    key,
    display_name: key.slice(key.lastIndexOf("/") + 1),
    architecture: "qwen3",
    quantization: { name: "Q4_K_M", bits_per_weight: 4 },
    size_bytes: 2_500_000_000,
    params_string: "4B",
    loaded_instances: loaded,
    max_context_length: maxContextLength,
    format: "gguf",
    capabilities: { vision: false, trained_for_tool_use: true },
    description: null,
  };
}

function load(
  fields: Record<string, unknown>,
  models: FakeLmStudioModel[],
  broken: Readonly<Record<string, string>>,
): Reply {
  const unknown = Object.keys(fields).find((name) => !TAKEN.has(name));
  if (unknown !== undefined) return json({ error: { message: `Unrecognized key: "${unknown}"` } }, 400);
  const model = models.find(({ key }) => key === fields.model);
  if (!model) {
    return json({ error: { message: `Model not found: ${fields.model}`, type: "model_not_found" } }, 404);
  }
  const reason = broken[model.key];
  if (reason !== undefined) return json({ error: { message: reason, type: "model_load_failed" } }, 500);
  const { model: _, echo_load_config: _echo, ...settings } = fields;
  const config = { ...DEFAULTS, ...settings };
  const before = model.loaded ?? [];
  // It loads another instance beside one that is there.
  const id = before.length === 0 ? model.key : `${model.key}:${before.length + 1}`;
  model.loaded = [...before, { id, config }];
  return json({ type: model.type ?? "llm", instance_id: id, load_time_seconds: 1.5, status: "loaded" });
}

function unload(id: string, models: FakeLmStudioModel[]): Reply {
  const model = models.find(({ loaded = [] }) => loaded.some((one) => one.id === id));
  if (!model) {
    return json({ error: { message: `No instance ${id} is loaded`, type: "model_not_found" } }, 404);
  }
  model.loaded = (model.loaded ?? []).filter((one) => one.id !== id);
  return json({ instance_id: id });
}

function download(fields: Record<string, unknown>, models: FakeLmStudioModel[], jobs: Jobs): Reply {
  const name = `${fields.model}${fields.quantization === undefined ? "" : `@${fields.quantization}`}`;
  if (models.some(({ key }) => key === name)) return json({ status: "already_downloaded" });
  const id = jobs.begin(name);
  if (id === undefined) {
    return json({ error: { message: `Model not found: ${name}`, type: "model_not_found" } }, 404);
  }
  return json({
    job_id: id,
    status: "downloading",
    downloaded_bytes: 0,
    total_size_bytes: jobs.totalOf(name),
  });
}
