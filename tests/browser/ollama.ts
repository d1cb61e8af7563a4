import { fakeOllama, type FakeOllamaOptions, type FakeServer } from "../fakes/mod.ts";
import type { BrowserTest } from "./browser.ts";
import type { Site } from "./site.ts";

/** What Ollama was asked at `/api/chat`. */
export interface OllamaChat {
  model: string;
  messages: { role: string; content: string; images?: string[] }[];
  options?: Record<string, unknown>;
  tools?: { function: { name: string } }[];
  think?: unknown;
}

/** An app whose only server beside the built-in model is a fake Ollama. */
export async function startWithOllama(
  test: BrowserTest,
  options: FakeOllamaOptions = {},
): Promise<{ site: Site; ollama: FakeServer }> {
  const ollama = test.use(await fakeOllama(options));
  const site = await test.start({
    nodes: [{ name: "Workstation", kind: "ollama", baseUrl: ollama.url }],
  });
  return { site, ollama };
}

/** The requests for answers so far, in their order. */
export function chatsOf(ollama: FakeServer): OllamaChat[] {
  return ollama.requests.filter(({ path }) => path === "/api/chat").map(({ body }) => body as OllamaChat);
}

/** The last of them. */
export function lastChat(ollama: FakeServer): OllamaChat {
  const chat = chatsOf(ollama).at(-1);
  if (!chat) throw new Error("Ollama was not asked for an answer yet");
  return chat;
}
