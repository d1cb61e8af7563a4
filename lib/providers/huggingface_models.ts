import type { Capability, ModelInfo } from "../shared/mod.ts";
import type { Call } from "./call.ts";
import { defined } from "./defined.ts";
import { protocolError } from "./errors.ts";
import { ROUTER_URL } from "./huggingface_routes.ts";
import { HUGGINGFACE_ALIASES } from "./huggingface_target.ts";
import { isRecord } from "./prompt.ts";
import type { Endpoint } from "./provider.ts";

/** A model in the router's list, with the providers that run it. */
interface Entry {
  id: string;
  created?: number;
  owned_by?: string;
  architecture?: { input_modalities?: string[] };
  providers?: EntryProvider[];
}

interface EntryProvider {
  provider: string;
  status?: string;
  context_length?: number;
  supports_tools?: boolean;
  supports_structured_output?: boolean;
}

/**
 * The models that the router offers for chat (`GET /v1/models`, which the client has no call for), held to the node's
 * inference provider where it has one; the aliases of models among them come first.
 */
export async function listHuggingFaceModels(call: Call, endpoint: Endpoint): Promise<ModelInfo[]> {
  const headers: HeadersInit = endpoint.apiKey === undefined
    ? {}
    : { authorization: `Bearer ${endpoint.apiKey}` };
  const response = await call.fetch(`${ROUTER_URL}/v1/models`, { headers });
  const body: unknown = await response.json();
  if (!isRecord(body) || !Array.isArray(body.data)) throw protocolError("it lists no models", call.context);
  const entries = body.data.filter(isEntry);
  const wanted = endpoint.inferenceProvider ?? "auto";
  const models = entries
    .map((entry) => toModelInfo(entry, providersOf(entry, wanted)))
    .filter((model) => model !== undefined);
  return [...aliases(entries), ...models];
}

function aliases(entries: Entry[]): ModelInfo[] {
  return Object.entries(HUGGINGFACE_ALIASES).flatMap(([alias, { model, inferenceProvider }]) => {
    const entry = entries.find((entry) => entry.id === model);
    const info = entry && toModelInfo(entry, providersOf(entry, inferenceProvider));
    return info ? [{ ...info, id: alias, name: `${model} on ${inferenceProvider}` }] : [];
  });
}

function providersOf(entry: Entry, wanted: string): EntryProvider[] {
  const live = (entry.providers ?? []).filter((provider) => (provider.status ?? "live") === "live");
  return wanted === "auto" ? live : live.filter((provider) => provider.provider === wanted);
}

/** Undefined where no provider runs the model. A dedicated endpoint lists its model without providers. */
function toModelInfo(entry: Entry, providers: EntryProvider[]): ModelInfo | undefined {
  if (providers.length === 0 && entry.providers !== undefined) return undefined;
  const lengths = providers.flatMap((provider) => provider.context_length ?? []);
  return defined({
    id: entry.id,
    name: entry.id,
    capabilities: capabilitiesOf(entry, providers),
    // Which provider answers is the router's choice: what the longest of them takes.
    contextLength: lengths.length > 0 ? Math.max(...lengths) : undefined,
    ownedBy: entry.owned_by,
    createdAt: entry.created ? entry.created * 1000 : undefined,
  });
}

function capabilitiesOf(entry: Entry, providers: EntryProvider[]): Capability[] {
  const capabilities: Capability[] = ["chat"];
  if (providers.some((provider) => provider.supports_tools)) capabilities.push("tools");
  if (providers.some((provider) => provider.supports_structured_output)) capabilities.push("json");
  if (entry.architecture?.input_modalities?.includes("image")) capabilities.push("vision");
  return capabilities;
}

function isEntry(value: unknown): value is Entry {
  return isRecord(value) && typeof value.id === "string" &&
    (value.providers === undefined || Array.isArray(value.providers));
}
