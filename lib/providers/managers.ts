import type { ProviderKind } from "../shared/mod.ts";
import type { ModelManager } from "./manager.ts";
import { createOllamaManager } from "./ollama_manager.ts";
import type { ProviderOptions } from "./options.ts";

/** The managers by the kind of their servers; kinds that let nobody manage their models have none. */
export function createManagers(options: ProviderOptions = {}): ReadonlyMap<ProviderKind, ModelManager> {
  return new Map([createOllamaManager(options)].map((manager) => [manager.kind, manager]));
}
