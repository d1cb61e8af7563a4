import type { ChatDelta, ChatRequest, PromptMessage } from "../../shared/mod.ts";
import type { Endpoint } from "../provider.ts";
import { createSketch, type Delay, type DocumentationPage } from "./mod.ts";

/** Where Sketch is asked. */
export const endpoint: Endpoint = { nodeId: "sketch", baseUrl: "builtin:sketch" };

/** A small documentation. */
export const pages: DocumentationPage[] = [
  {
    title: "Freshet",
    path: "README.md",
    text:
      "# Freshet\n\nA streaming chat in one process.\n\n## Add a model server\n\nOpen Settings, choose *Nodes* and add the " +
      "[address](lib/nodes/README.md) of Ollama:\n\n```sh\n# not a heading\nollama serve\n```\n\n## Backups\n\nRun `deno task backup` " +
      "to write a backup of the store.",
  },
  {
    title: "Gateway",
    path: "lib/gateway/README.md",
    text: "# Gateway\n\nThe gateway speaks the OpenAI protocol under `/v1`.",
  },
];

/** A delay that takes no time and notes what it was asked for. */
export function fakeDelay(): { delay: Delay; delays: number[] } {
  const delays: number[] = [];
  return {
    delays,
    delay: (ms, signal) => {
      delays.push(ms);
      return signal.aborted ? Promise.reject(signal.reason) : Promise.resolve();
    },
  };
}

/** A message of one text. */
export function message(role: PromptMessage["role"], text: string): PromptMessage {
  return { role, content: [{ type: "text", text }] };
}

/** A request with one message of the person. */
export function ask(text: string, more: Partial<ChatRequest> = {}): ChatRequest {
  return { model: "sketch", messages: [message("user", text)], ...more };
}

/** A whole answer, in parts. */
export interface Collected {
  text: string;
  reasoning: string;
  calls: { id: string; name: string; arguments: string }[];
  deltas: ChatDelta[];
  delays: number[];
  error: unknown;
}

/** Runs a request to its end, whatever that is. */
export async function collect(
  request: ChatRequest,
  signal = new AbortController().signal,
): Promise<Collected> {
  const { delay, delays } = fakeDelay();
  const collected: Collected = { text: "", reasoning: "", calls: [], deltas: [], delays, error: undefined };
  try {
    for await (const delta of createSketch({ documentation: pages, delay }).chat(endpoint, request, signal)) {
      collected.deltas.push(delta);
      add(collected, delta);
    }
  } catch (error) {
    collected.error = error;
  }
  return collected;
}

function add(collected: Collected, delta: ChatDelta): void {
  if (delta.type === "text") collected.text += delta.text;
  if (delta.type === "reasoning") collected.reasoning += delta.text;
  if (delta.type !== "tool_call") return;
  const call = collected.calls[delta.index] ??= { id: "", name: "", arguments: "" };
  call.id += delta.id ?? "";
  call.name += delta.name ?? "";
  call.arguments += delta.arguments ?? "";
}
