import { assertEquals } from "@std/assert";
import { PROVIDER_KINDS } from "../shared/mod.ts";
import { createProviders, DEFAULT_LOCAL_SERVERS, HOSTED_SERVICES, type Provider, serverName } from "./mod.ts";

const SKETCH: Provider = {
  kind: "sketch",
  chat: () => ReadableStream.from([]),
  continuation: () => "none",
  embed: () => Promise.reject(new Error("unused")),
  models: () => Promise.resolve([]),
  probe: () => Promise.resolve(),
};

Deno.test("createProviders has one provider of every kind", () => {
  const providers = createProviders(SKETCH);
  assertEquals([...providers.keys()].toSorted(), [...PROVIDER_KINDS].toSorted());
  for (const [kind, provider] of providers) assertEquals(provider.kind, kind);
});

Deno.test("addresses of the presets parse and end without a slash", () => {
  for (const { baseUrl } of [...DEFAULT_LOCAL_SERVERS, ...HOSTED_SERVICES]) {
    assertEquals(URL.canParse(baseUrl) && !baseUrl.endsWith("/"), true, baseUrl);
  }
  for (const { baseUrl, keyUrl } of HOSTED_SERVICES) {
    assertEquals([new URL(baseUrl).protocol, new URL(keyUrl).protocol], ["https:", "https:"]);
  }
});

Deno.test("serverName knows services, and names others by their host", () => {
  assertEquals(serverName("openai", "https://api.groq.com/openai/v1"), "Groq");
  assertEquals(serverName("ollama", "http://10.0.0.5:11434"), "Ollama at 10.0.0.5:11434");
  assertEquals(serverName("openai", "http://10.0.0.5:8000/v1"), "the server at 10.0.0.5:8000");
});
