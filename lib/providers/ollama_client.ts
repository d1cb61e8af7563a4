import type { Ollama } from "ollama/browser";
import type { Call } from "./call.ts";
import type { Endpoint } from "./provider.ts";

/**
 * Ollama's own client for a call, in its build for browsers: the one for Node looks for a file of the name of each image's
 * base64 text, and sends its content where there is one.
 */
export async function ollamaClient(call: Call, endpoint: Endpoint): Promise<Ollama> {
  const { Ollama } = await import("ollama/browser");
  // People paste the address of the compatible API too.
  return new Ollama({ host: endpoint.baseUrl.replace(/\/(v1|api)\/?$/, ""), fetch: call.fetch });
}
