import type { ModelResponse, Ollama, ShowResponse } from "ollama/browser";
import type { Capability, ModelInfo } from "../shared/mod.ts";
import { defined } from "./defined.ts";
import { isRecord } from "./prompt.ts";

const CONCURRENCY = 4;

const CAPABILITIES = new Map<string, Capability[]>([
  // Any model can be held to a grammar.
  ["completion", ["chat", "json"]],
  ["vision", ["vision"]],
  ["tools", ["tools"]],
  ["thinking", ["reasoning"]],
  ["embedding", ["embedding"]],
]);

/**
 * The models of a server: `/api/tags` lists them, `/api/show` tells of each what it can do and how long its context is, and
 * `/api/ps` which are in memory, and how much of it they take. Only the list has to work; a model that cannot be shown is listed with less.
 */
export async function listOllamaModels(client: Ollama, signal: AbortSignal): Promise<ModelInfo[]> {
  const { models } = await client.list();
  const [shown, running] = await Promise.all([
    mapConcurrently(models, CONCURRENCY, (model) => attempt(client.show({ model: model.name }))),
    attempt(client.ps()),
  ]);
  signal.throwIfAborted();
  const loaded = running && Map.groupBy(running.models, ({ name }) => name);
  return models.map((model, i) => ({
    ...toModelInfo(model, shown[i]),
    ...(loaded ? memoryOf(instanceOf(model, loaded.get(model.name)), model) : {}),
  }));
}

/** An instance of other weights that had the name before stays beside the new one until its time is over. */
function instanceOf(model: ModelResponse, running: readonly ModelResponse[] = []): ModelResponse | undefined {
  return running.find((instance) => digestOf(instance) === digestOf(model)) ?? running[0];
}

/** `size` is all that a model takes (weights, cache of the context, buffers), `size_vram` how much of that is on graphics cards. */
function memoryOf(running: ModelResponse | undefined, model: ModelResponse): Partial<ModelInfo> {
  if (!running) return { loaded: false };
  const { size, size_vram } = running;
  const expiresAt = Date.parse(String(running.expires_at));
  const loadedDigest = digestOf(running);
  return {
    loaded: true,
    ...(Number.isNaN(expiresAt) ? {} : { expiresAt }),
    // An instance of before its name was given to another model.
    ...(loadedDigest === undefined || loadedDigest === digestOf(model) ? {} : { loadedDigest }),
    ...(Number.isFinite(size) ? { memoryBytes: size } : {}),
    ...(Number.isFinite(size_vram) ? { vramBytes: size_vram } : {}),
  };
}

function toModelInfo(model: ModelResponse, shown: ShowResponse | undefined): ModelInfo {
  const createdAt = Date.parse(String(model.modified_at));
  return defined({
    id: model.name,
    name: model.name,
    capabilities: capabilitiesOf(model, shown),
    contextLength: shown && contextLengthOf(shown),
    sizeBytes: model.size,
    parameters: model.details?.parameter_size || undefined,
    quantization: model.details?.quantization_level || undefined,
    family: model.details?.family || undefined,
    createdAt: Number.isNaN(createdAt) ? undefined : createdAt,
    digest: digestOf(model),
  });
}

/** Of the manifest, so that it tells of weights, template, system prompt and parameters alike. */
function digestOf({ digest }: ModelResponse): string | undefined {
  return typeof digest === "string" && digest !== "" ? digest.replace(/^sha256:/, "") : undefined;
}

function capabilitiesOf(model: ModelResponse, shown: ShowResponse | undefined): Capability[] {
  const told = shown?.capabilities?.flatMap((name) => CAPABILITIES.get(name) ?? []);
  if (told?.length) return told;
  // Servers before 0.6.4 tell nothing; the families for embeddings are few.
  return /bert|embed/i.test(`${model.details?.family} ${model.name}`) ? ["embedding"] : ["chat", "json"];
}

/** `model_info` holds it under the architecture's name: `llama.context_length`. */
function contextLengthOf(shown: ShowResponse): number | undefined {
  const info: unknown = shown.model_info;
  if (!isRecord(info)) return undefined;
  const length = info[`${info["general.architecture"]}.context_length`];
  return typeof length === "number" ? length : undefined;
}

async function attempt<T>(promise: Promise<T>): Promise<T | undefined> {
  try {
    return await promise;
  } catch (_error) {
    // A model deleted in between, an old server, a broken manifest: the list is worth more than the detail.
    return undefined;
  }
}

async function mapConcurrently<T, R>(items: T[], limit: number, map: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const queue = items.entries();
  const work = async () => {
    for (const [i, item] of queue) results[i] = await map(item);
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, work));
  return results;
}
