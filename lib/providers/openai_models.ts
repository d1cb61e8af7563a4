import type { OpenAI } from "openai";
import type { Capability, ModelInfo } from "../shared/mod.ts";
import type { Call } from "./call.ts";
import { defined } from "./defined.ts";
import { protocolError } from "./errors.ts";
import { guessCapabilities, isForChatOrEmbedding } from "./model_names.ts";
import { isRecord } from "./prompt.ts";
import type { Endpoint } from "./provider.ts";

type Entry = Record<string, unknown>;

/** The models of a server, with what it tells beyond OpenAI's bare list; models for other tasks are left out. */
export async function listOpenAIModels(client: OpenAI, call: Call, endpoint: Endpoint): Promise<ModelInfo[]> {
  const entries = await listEntries(client, call);
  const details = isLmStudio(entries) ? await lmStudioDetails(call, endpoint) : new Map<unknown, Entry>();
  return entries
    .map((entry) => toModelInfo({ ...entry, ...details.get(entry.id) }))
    .filter((model) => model.capabilities.length > 0);
}

/** The list as it came: the client's own method makes an empty one of whatever else a server answers. */
export async function listEntries(client: OpenAI, call: Call): Promise<Entry[]> {
  const body: unknown = await client.get("/models");
  if (!isRecord(body) || !Array.isArray(body.data)) throw protocolError("it lists no models", call.context);
  return body.data.filter(isRecord);
}

function toModelInfo(entry: Entry): ModelInfo {
  // Gemini's compatible endpoint lists "models/gemini-…" and takes the name without it.
  const id = text(entry.id)?.replace(/^models\//, "") ?? "";
  const meta = isRecord(entry.meta) ? entry.meta : {};
  const created = number(entry.created);
  const state = text(entry.state);
  return defined({
    id,
    name: text(entry.display_name) ?? (entry.architecture ? text(entry.name) : undefined) ?? id,
    capabilities: capabilitiesOf(id, entry),
    // vLLM; Mistral and LM Studio; OpenRouter and Together; Groq; llama.cpp.
    contextLength: number(entry.loaded_context_length) ?? number(entry.max_model_len) ??
      number(entry.max_context_length) ?? number(entry.context_length) ?? number(entry.context_window) ??
      number(meta.n_ctx_train),
    sizeBytes: number(meta.size),
    quantization: text(entry.quantization),
    family: text(entry.arch),
    loaded: state === undefined ? undefined : state === "loaded",
    ownedBy: text(entry.owned_by),
    createdAt: created ? created * 1000 : undefined,
  });
}

/** What the entry says of itself, else what its name suggests. */
function capabilitiesOf(id: string, entry: Entry): Capability[] {
  return mistralCapabilities(entry.capabilities) ?? openRouterCapabilities(entry) ??
    lmStudioCapabilities(entry) ??
    (isForChatOrEmbedding(id) ? guessCapabilities(id) : []);
}

/** Mistral: `capabilities: { completion_chat, function_calling, vision }`. */
function mistralCapabilities(capabilities: unknown): Capability[] | undefined {
  if (!isRecord(capabilities) || typeof capabilities.completion_chat !== "boolean") return undefined;
  if (!capabilities.completion_chat) return capabilities.embeddings ? ["embedding"] : undefined;
  const list: Capability[] = ["chat", "json"];
  if (capabilities.function_calling) list.push("tools");
  if (capabilities.vision) list.push("vision");
  if (capabilities.reasoning) list.push("reasoning");
  return list;
}

/** OpenRouter: `architecture: { input_modalities, output_modalities }` and `supported_parameters`. */
function openRouterCapabilities({ architecture, supported_parameters }: Entry): Capability[] | undefined {
  if (!isRecord(architecture) || !Array.isArray(supported_parameters)) return undefined;
  const { input_modalities: input, output_modalities: output } = architecture;
  if (Array.isArray(output) && !output.includes("text")) return [];
  const list: Capability[] = ["chat"];
  if (supported_parameters.includes("response_format")) list.push("json");
  if (supported_parameters.includes("tools")) list.push("tools");
  if (Array.isArray(input) && input.includes("image")) list.push("vision");
  if (supported_parameters.includes("reasoning")) list.push("reasoning");
  return list;
}

/** LM Studio: `type` is llm, vlm or embeddings, `capabilities` may hold "tool_use". */
function lmStudioCapabilities({ type, capabilities }: Entry): Capability[] | undefined {
  if (type === "embeddings" || type === "embedding") return ["embedding"];
  if (type !== "llm" && type !== "vlm") return undefined;
  const list: Capability[] = ["chat", "json"];
  if (type === "vlm") list.push("vision");
  // Versions that list no capabilities let every model try tools.
  if (!Array.isArray(capabilities) || capabilities.includes("tool_use")) list.push("tools");
  return list;
}

/** LM Studio signs its list so, and tells more at an address of its own. */
function isLmStudio(entries: Entry[]): boolean {
  return entries.length > 0 && entries.every((entry) => entry.owned_by === "organization_owner");
}

/** https://lmstudio.ai/docs/developer/rest/endpoints: type, quantization, context length and state of each model, by id. */
async function lmStudioDetails(call: Call, endpoint: Endpoint): Promise<Map<unknown, Entry>> {
  try {
    const response = await call.fetch(new URL("/api/v0/models", endpoint.baseUrl));
    const body: unknown = await response.json();
    if (!isRecord(body) || !Array.isArray(body.data)) return new Map();
    return new Map(body.data.filter(isRecord).map((entry) => [entry.id, entry]));
  } catch (error) {
    if (call.signal.aborted) throw error;
    // Versions before 0.3.6 lack it; the plain list does.
    return new Map();
  }
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function number(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) && value > 0 ? value : undefined;
}
