import type { ProviderKind } from "../shared/mod.ts";

/** A model server that people run themselves, at the address it has unless they change it. */
export interface LocalServer {
  name: string;
  kind: ProviderKind;
  baseUrl: string;
}

/** A hosted service, as the settings page offers it. */
export interface HostedService {
  name: string;
  kind: ProviderKind;
  baseUrl: string;
  /** Where a person gets a key. */
  keyUrl: string;
}

/** The servers to look for on this machine. One address is asked once: what answers on a shared port tells which it is. */
export const DEFAULT_LOCAL_SERVERS: readonly LocalServer[] = [
  { name: "Ollama", kind: "ollama", baseUrl: "http://127.0.0.1:11434" },
  { name: "LM Studio", kind: "lmstudio", baseUrl: "http://127.0.0.1:1234/v1" },
  { name: "LocalAI", kind: "localai", baseUrl: "http://127.0.0.1:8080/v1" },
  { name: "llama.cpp", kind: "openai", baseUrl: "http://127.0.0.1:8080/v1" },
  { name: "vLLM", kind: "openai", baseUrl: "http://127.0.0.1:8000/v1" },
  { name: "Text Generation WebUI", kind: "textgen", baseUrl: "http://127.0.0.1:5000/v1" },
];

/** The hosted services with a preset. */
export const HOSTED_SERVICES: readonly HostedService[] = [
  {
    name: "OpenAI",
    kind: "openai",
    baseUrl: "https://api.openai.com/v1",
    keyUrl: "https://platform.openai.com/api-keys",
  },
  {
    name: "Anthropic",
    kind: "anthropic",
    baseUrl: "https://api.anthropic.com",
    keyUrl: "https://platform.claude.com/settings/keys",
  },
  {
    name: "Hugging Face",
    kind: "huggingface",
    baseUrl: "https://router.huggingface.co",
    keyUrl: "https://huggingface.co/settings/tokens",
  },
  {
    name: "Mistral",
    kind: "openai",
    baseUrl: "https://api.mistral.ai/v1",
    keyUrl: "https://console.mistral.ai/api-keys",
  },
  {
    name: "Google Gemini",
    kind: "openai",
    baseUrl: "https://generativelanguage.googleapis.com/v1beta/openai",
    keyUrl: "https://aistudio.google.com/apikey",
  },
  {
    name: "Groq",
    kind: "openai",
    baseUrl: "https://api.groq.com/openai/v1",
    keyUrl: "https://console.groq.com/keys",
  },
  {
    name: "OpenRouter",
    kind: "openai",
    baseUrl: "https://openrouter.ai/api/v1",
    keyUrl: "https://openrouter.ai/settings/keys",
  },
  {
    name: "DeepSeek",
    kind: "openai",
    baseUrl: "https://api.deepseek.com/v1",
    keyUrl: "https://platform.deepseek.com/api_keys",
  },
];

/** The programs behind kinds of servers that are of one program. */
const PROGRAMS: Partial<Record<ProviderKind, string>> = {
  ollama: "Ollama",
  lmstudio: "LM Studio",
  localai: "LocalAI",
  textgen: "Text Generation WebUI",
};

/** What people call the server at an address, within a sentence: the service, or its host and port. */
export function serverName(kind: ProviderKind, baseUrl: string): string {
  const url = URL.parse(baseUrl);
  const service = HOSTED_SERVICES.find((service) => URL.parse(service.baseUrl)?.host === url?.host);
  if (service) return service.name;
  const host = url?.host ?? baseUrl;
  const program = PROGRAMS[kind];
  return program === undefined ? `the server at ${host}` : `${program} at ${host}`;
}
