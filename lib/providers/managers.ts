import type { ProviderKind } from "../shared/mod.ts";
import type { ModelManager } from "./manager.ts";
import { createLmStudioManager } from "./manager/lmstudio.ts";
import { createLocalAIManager } from "./manager/localai.ts";
import { createTextgenManager } from "./manager/textgen.ts";
import { createOllamaManager } from "./ollama_manager.ts";
import type { ProviderOptions } from "./options.ts";

/** The managers by the kind of their servers; kinds that let nobody manage their models have none. */
export function createManagers(options: ProviderOptions = {}): ReadonlyMap<ProviderKind, ModelManager> {
  const managers = [
    createOllamaManager(options),
    createLmStudioManager(options),
    createLocalAIManager(options),
    createTextgenManager(options),
  ];
  return new Map(managers.map((manager) => [manager.kind, manager]));
}
