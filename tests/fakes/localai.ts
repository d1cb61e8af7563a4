import { isTrouble, type Job, Jobs, type JobStatus, json, recordOf } from "./jobs.ts";
import { FakeServer, type FakeServerOptions, type RecordedRequest } from "./server.ts";
import type { Reply } from "./wire.ts";

/** A model of a gallery of the fake. */
export interface FakeGalleryModel extends Job {
  name: string;
  description?: string;
  license?: string;
  tags?: string[];
  /** "2.5GB". */
  size?: string;
}

/** A backend of the fake. */
export interface FakeBackend extends Job {
  name: string;
  description?: string;
  isInstalled?: boolean;
  isSystem?: boolean;
}

/** What a server has on its disk, which stays when it is started anew. */
export class LocalAIDisk {
  /** The models' files of settings. */
  readonly models = new Map<string, Record<string, unknown>>();
  readonly loaded = new Set<string>();
  readonly gallery: readonly FakeGalleryModel[];
  readonly backends: FakeBackend[];
  readonly jobs: Jobs;
  readonly backendJobs: Jobs;
  /** What each job of a backend does at its end. */
  readonly deletions = new Set<string>();

  constructor({ models = ["phi-4-mini"], gallery = [], backends = [], files = {} }: {
    models?: string[];
    gallery?: FakeGalleryModel[];
    backends?: FakeBackend[];
    /** Files of Hugging Face and elsewhere, by their addresses. */
    files?: Readonly<Record<string, Job>>;
  } = {}) {
    for (const name of models) this.models.set(name, { name, backend: "llama-cpp", context_size: 4_096 });
    this.gallery = gallery;
    this.backends = backends;
    const named = gallery.flatMap((model) =>
      [[model.name, model], [`localai@${model.name}`, model]] as const
    );
    const library = { ...Object.fromEntries(named), ...files };
    this.jobs = new Jobs(library, "1059474d-f4f9", { isSerial: true, dropsCancelled: true });
    this.backendJobs = new Jobs(Object.fromEntries(backends.map((one) => [one.name, one])), "b-1059");
  }
}

/** What the fake of LocalAI takes. */
export interface FakeLocalAIOptions extends FakeServerOptions {
  disk?: LocalAIDisk;
  /** What an older version lacks, or what is switched off. */
  lacks?:
    readonly ("gallery" | "available" | "backends" | "import" | "load" | "patch" | "cancel" | "pause")[];
  /** True for versions that tell sizes in words and not in bytes. */
  tellsWords?: boolean;
}

const ADDRESSES = {
  gallery: /^\/models\/(apply|available|galleries|jobs|delete)/,
  available: /^\/models\/available$/,
  backends: /^\/backends/,
  import: /^\/models\/import-uri$/,
  load: /^\/backend\/load$/,
  patch: /^\/api\/models\/config-json\//,
  cancel: /^\/api\/operations\//,
  pause: /^\/api\/operations\/.*\/pause$/,
};

/** LocalAI's management API, by core/http/routes/localai.go, ui_api.go and core/services/galleryop. */
export function fakeLocalAI(options: FakeLocalAIOptions = {}): Promise<FakeServer> {
  const { disk = new LocalAIDisk(), lacks = [] } = options;
  return FakeServer.start((request) => {
    if (lacks.some((part) => ADDRESSES[part].test(request.path))) return NOT_FOUND;
    return read(request, disk, lacks) ?? jobs(request, disk, options) ?? change(request, disk) ?? NOT_FOUND;
  }, options);
}

const NOT_FOUND = json({ error: { code: 404, message: "Not Found", type: "" } }, 404);
const failed = (message: string, code = 500) => json({ error: { code, message, type: "" } }, code);

function read(
  { method, path }: RecordedRequest,
  { models, loaded, gallery, backends }: LocalAIDisk,
  lacks: readonly string[],
): Reply | undefined {
  if (method !== "GET") return undefined;
  const file = /^\/api\/models\/config-json\/(.+)$/.exec(path)?.[1];
  if (file !== undefined) {
    const found = models.get(decodeURIComponent(file));
    return found ? json(found) : json({ error: "model configuration not found" }, 404);
  }
  switch (path) {
    case "/v1/models":
      return json({ object: "list", data: [...models.keys()].map((id) => ({ id, object: "model" })) });
    case "/system":
      return json({ backends: ["llama-cpp"], loaded_models: [...loaded].map((id) => ({ id })) });
    case "/version":
      return json({ version: "v3.9.0 (abcdef)" });
    case "/.well-known/localai.json":
      return lacks.includes("patch")
        ? NOT_FOUND
        : json({ version: "v3.9.0 (abcdef)", capabilities: { config_patch: true } });
    case "/models/galleries":
      return json([{ name: "localai", url: "github:mudler/LocalAI/gallery/index.yaml@master" }]);
    case "/models/available":
      return json(gallery.map(({ name, description, license, tags, size }) => ({
        name,
        description,
        license,
        tags,
        size,
        gallery: { name: "localai", url: "github:mudler/LocalAI/gallery/index.yaml@master" },
        installed: models.has(name),
      })));
    case "/backends":
      return json(
        backends.filter(({ isInstalled }) => isInstalled).map(({ name, isSystem = false }) => ({
          Name: name,
          RunFile: `/backends/${name}/run.sh`,
          IsMeta: false,
          IsSystem: isSystem,
          Metadata: null,
        })),
      );
    case "/backends/available":
      return json(
        backends.filter(({ isSystem }) => !isSystem).map(({ name, description, isInstalled = false }) => ({
          name,
          description,
          installed: isInstalled,
        })),
      );
  }
}

function jobs(
  { method, path }: RecordedRequest,
  disk: LocalAIDisk,
  options: FakeLocalAIOptions,
): Reply | undefined {
  const [, operated = "", what] = /^\/api\/operations\/([^/]+)\/(cancel|pause)$/.exec(path) ?? [];
  if (method === "POST" && what !== undefined) {
    if (what === "pause" && disk.jobs.isPaused(operated)) {
      return json({ error: `operation "${operated}" is already paused` }, 400);
    }
    return (what === "pause" ? disk.jobs.pause(operated) : disk.jobs.cancel(operated))
      ? json({ success: true, message: what === "pause" ? "Operation paused" : "Operation cancelled" })
      : json({ error: `operation "${operated}" not found or already completed` }, 400);
  }
  const [, kind, id] = /^\/(models|backends)\/jobs\/([^/]+)$/.exec(path) ?? [];
  if (method !== "GET" || id === undefined) return undefined;
  const status = (kind === "models" ? disk.jobs : disk.backendJobs).ask(id);
  if (!status) return failed("could not find any status for ID");
  if (isTrouble(status)) return status;
  if (status.isDone) finish(kind ?? "", id, status, disk);
  return json(opStatus(status, options.tellsWords === true));
}

/** `galleryop.OpStatus`; older versions told sizes in words, and an error as an empty object. */
function opStatus(
  { name, completed, total, percent, isDone, failure, isCancelled, isPaused }: JobStatus,
  inWords: boolean,
) {
  const words = (bytes: number) => `${(bytes / 1_024 ** 3).toFixed(2)} GiB`;
  return {
    deletion: false,
    file_name: name,
    processed: isDone || failure !== undefined || isCancelled,
    message: failure === undefined ? (isDone ? "completed" : "processing") : `error: ${failure}`,
    progress: percent,
    ...(inWords ? { error: failure === undefined ? null : {} } : {
      ...(failure === undefined ? {} : { error: failure }),
      phase: "downloading",
      current_bytes: completed,
      total_bytes: total,
    }),
    file_size: words(total),
    downloaded_size: words(completed),
    gallery_element_name: name,
    cancelled: isCancelled,
    ...(isPaused ? { paused: true } : {}),
    cancellable: true,
  };
}

function finish(
  kind: string,
  id: string,
  { name }: JobStatus,
  { models, backends, deletions }: LocalAIDisk,
): void {
  if (kind === "models") {
    const model = name.replace(/^localai@/, "").replace(/^.*\//, "").replace(/\.gguf$/, "");
    if (!models.has(model)) models.set(model, { name: model, backend: "llama-cpp" });
    return;
  }
  const backend = backends.find((one) => one.name === name);
  if (backend) backend.isInstalled = !deletions.has(id);
}

function change({ method, path, body }: RecordedRequest, disk: LocalAIDisk): Reply | undefined {
  const fields = recordOf(body);
  const { models, loaded, jobs, backendJobs, deletions } = disk;
  const named = decodeURIComponent(/^\/(?:models|backends)\/delete\/(.+)$/.exec(path)?.[1] ?? "");
  if (method === "PATCH") return patched(path, fields, models);
  if (method !== "POST") return undefined;
  if (path.startsWith("/models/delete/")) {
    if (!models.delete(named)) return failed(`model ${named} not found`);
    // Of these jobs the server tells nothing (core/http/endpoints/localai/gallery.go up to 3.x).
    return json({ uuid: "d-1", status: "http://localhost:8080/models/jobs/d-1" });
  }
  if (path.startsWith("/backends/delete/")) {
    const id = backendJobs.begin(named);
    if (id !== undefined) deletions.add(id);
    return json({ id, status_url: `http://localhost:8080/backends/jobs/${id}` });
  }
  switch (path) {
    case "/models/apply":
      return begun(
        jobs,
        `${fields.id ?? recordOf((fields.files as unknown[] | undefined)?.[0]).uri ?? fields.url}`,
      );
    case "/models/import-uri":
      return begun(jobs, `${fields.uri}${quantizationOf(fields.preferences)}`);
    case "/backends/apply": {
      const id = backendJobs.begin(`${fields.id}`);
      return json({ id, status_url: `http://localhost:8080/backends/jobs/${id}` });
    }
    case "/backend/load":
      if (!models.has(`${fields.model}`)) {
        return json({ message: `failed to load model: ${fields.model}` }, 500);
      }
      loaded.add(`${fields.model}`);
      return json({ loaded: [fields.model], message: "model loaded" });
    case "/backend/shutdown":
      return loaded.delete(`${fields.model}`) ? json(null) : failed(`model ${fields.model} not found`);
    case "/v1/chat/completions":
      loaded.add(`${fields.model}`);
      return json({
        id: "1",
        object: "chat.completion",
        choices: [{ index: 0, message: { role: "assistant", content: "." } }],
      });
  }
}

/** What is in no library begins too, and fails in its job. */
function begun(jobs: Jobs, name: string): Reply {
  const id = jobs.begin(name) ?? jobs.begin("no such model");
  if (id === undefined) return failed(`no model found with name "${name}"`);
  return json({ uuid: id, status: `http://localhost:8080/models/jobs/${id}` });
}

function quantizationOf(preferences: unknown): string {
  const { quantizations } = recordOf(preferences);
  return typeof quantizations === "string" ? `@${quantizations}` : "";
}

function patched(
  path: string,
  fields: Record<string, unknown>,
  models: Map<string, Record<string, unknown>>,
): Reply | undefined {
  const name = decodeURIComponent(/^\/api\/models\/config-json\/(.+)$/.exec(path)?.[1] ?? "");
  const file = models.get(name);
  if (!file) return json({ error: "model configuration not found" }, 404);
  models.set(name, merged(file, fields));
  return json({ success: true, message: `Model '${name}' updated successfully` });
}

function merged(file: Record<string, unknown>, changes: Record<string, unknown>): Record<string, unknown> {
  const result = { ...file };
  for (const [key, value] of Object.entries(changes)) {
    const isPart = typeof value === "object" && value !== null && !Array.isArray(value);
    result[key] = isPart ? merged(recordOf(result[key]), recordOf(value)) : value;
  }
  return result;
}
