import type { Anthropic } from "@anthropic-ai/sdk";
import type { ModelCapabilities, ModelInfo as Model } from "@anthropic-ai/sdk/resources/models";
import type { Capability, ModelInfo } from "../shared/mod.ts";
import { claudeVersion } from "./claude_version.ts";
import { defined } from "./defined.ts";

const PAGE = 1000;

/** The models that the key may use (https://platform.claude.com/docs/en/api/models/list), all pages of them. */
export async function listAnthropicModels(client: Anthropic): Promise<ModelInfo[]> {
  const models: ModelInfo[] = [];
  for await (const model of client.models.list({ limit: PAGE })) models.push(toModelInfo(model));
  return models;
}

function toModelInfo(model: Model): ModelInfo {
  const createdAt = Date.parse(model.created_at);
  return defined({
    id: model.id,
    name: model.display_name || model.id,
    capabilities: model.capabilities ? toldCapabilities(model.capabilities) : guessedCapabilities(model.id),
    contextLength: model.max_input_tokens || undefined,
    ownedBy: "anthropic",
    // The epoch stands for an unknown date.
    createdAt: createdAt > 0 ? createdAt : undefined,
  });
}

/** All Claude models chat and call tools. */
function toldCapabilities(told: ModelCapabilities): Capability[] {
  const capabilities: Capability[] = ["chat", "tools"];
  if (told.image_input?.supported) capabilities.push("vision");
  if (told.thinking?.supported) capabilities.push("reasoning");
  if (told.structured_outputs?.supported) capabilities.push("json");
  return capabilities;
}

/** For servers that follow the API from before it told. */
function guessedCapabilities(id: string): Capability[] {
  const version = claudeVersion(id);
  const capabilities: Capability[] = ["chat", "tools"];
  if (version === undefined) return capabilities;
  if (version >= 3) capabilities.push("vision");
  if (version >= 3.7) capabilities.push("reasoning");
  if (version >= 4.5) capabilities.push("json");
  return capabilities;
}
