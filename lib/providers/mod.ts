/** The wire protocols of model servers behind one interface. */
import type { ProviderKind } from "../shared/mod.ts";
import { createAnthropic } from "./anthropic.ts";
import { createHuggingFace } from "./huggingface.ts";
import { createOllama } from "./ollama.ts";
import { createOpenAI } from "./openai.ts";
import type { ProviderOptions } from "./options.ts";
import type { Provider } from "./provider.ts";

export type { Fetch } from "./call.ts";
export { CALL_ENDED } from "./call_ended.ts";
export {
  DEFAULT_LOCAL_SERVERS,
  HOSTED_SERVICES,
  type HostedService,
  type LocalServer,
  serverName,
} from "./catalog.ts";
export { HUGGINGFACE_ALIASES, type HuggingFaceAlias } from "./huggingface_target.ts";
export type { ProviderOptions } from "./options.ts";
export type { LoadOptions, ModelFiles, ModelGallery, ModelManager, NewModel, PullStep } from "./manager.ts";
export { createManagers } from "./managers.ts";
export { managerWithout } from "./manager/without.ts";
export { readText } from "./read_text.ts";
export { RawReader } from "./raw_reader.ts";
export type { Continuation, Endpoint, PassOptions, Provider } from "./provider.ts";

/**
 * The providers by kind. Their client libraries are loaded when a provider is first used, so that the server starts fast.
 *
 * @param sketch The provider of the built-in model.
 */
export function createProviders(
  sketch: Provider,
  options: ProviderOptions = {},
): ReadonlyMap<ProviderKind, Provider> {
  const providers = [
    createOllama(options),
    createOpenAI(options),
    createOpenAI(options, "lmstudio"),
    createOpenAI(options, "localai"),
    createOpenAI(options, "textgen"),
    createAnthropic(options),
    createHuggingFace(options),
    sketch,
  ];
  return new Map(providers.map((provider) => [provider.kind, provider]));
}
