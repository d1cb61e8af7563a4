import type { ChatBody } from "./openai_request.ts";
import type { Continuation } from "./provider.ts";

/** Whose reading of OpenAI's API a server follows, as far as its address tells. */
export type Dialect = "openai" | "gemini" | "mistral" | "compatible";

/** The dialect spoken at an address. */
export function dialectOf(baseUrl: string): Dialect {
  const host = URL.parse(baseUrl)?.host;
  if (host === "api.openai.com") return "openai";
  if (host === "generativelanguage.googleapis.com") return "gemini";
  return host === "api.mistral.ai" ? "mistral" : "compatible";
}

/**
 * The request in a server's dialect. OpenAI's reasoning models know only `max_completion_tokens`, most others only
 * `max_tokens`. Mistral names the seed `random_seed`, always sends usage and refuses `stream_options`, and takes only its own
 * form of call ids (https://docs.mistral.ai/api).
 */
export function toDialect(body: ChatBody, dialect: Dialect): ChatBody {
  switch (dialect) {
    case "openai": {
      const { max_tokens, ...rest } = body;
      return max_tokens === undefined ? body : { ...rest, max_completion_tokens: max_tokens ?? null };
    }
    case "mistral":
      return toMistral(body);
    case "gemini":
    case "compatible":
      return body;
  }
}

/**
 * What a server of the dialect makes of an answer's beginning as the last message. vLLM, llama.cpp and TGI name
 * `continue_final_message`, but older ones do not know it, and some say the beginning once more; OpenAI and Gemini begin a new
 * message.
 */
export function continuationIn(dialect: Dialect): Continuation {
  if (dialect === "openai" || dialect === "gemini") return "none";
  return dialect === "mistral" ? "prefix" : "unsure";
}

/** The request with the fields by which the server goes on with its last message. */
export function toContinuation(body: ChatBody, dialect: Dialect): ChatBody {
  if (dialect !== "mistral") {
    return { ...body, continue_final_message: true, add_generation_prompt: false } as ChatBody;
  }
  const last = body.messages.at(-1);
  // https://docs.mistral.ai/capabilities/completion: `prefix` on a last message of the assistant.
  if (!last) return body;
  const begun = { ...last, prefix: true };
  return { ...body, messages: [...body.messages.slice(0, -1), begun] };
}

function toMistral({ stream_options: _, seed, tool_choice, ...body }: ChatBody): ChatBody {
  const changes = {
    messages: body.messages.map(withMistralIds),
    ...(tool_choice === undefined ? {} : { tool_choice: tool_choice === "required" ? "any" : tool_choice }),
    ...(seed === undefined ? {} : { random_seed: seed }),
  };
  return { ...body, ...changes } as ChatBody;
}

type Message = ChatBody["messages"][number];

function withMistralIds(message: Message): Message {
  if (message.role === "tool") return { ...message, tool_call_id: mistralCallId(message.tool_call_id) };
  if (message.role !== "assistant" || !message.tool_calls) return message;
  return {
    ...message,
    tool_calls: message.tool_calls.map((call) => ({ ...call, id: mistralCallId(call.id) })),
  };
}

/** Mistral wants exactly nine letters and digits; a call that another node made keeps its identity under a derived id. */
export function mistralCallId(id: string): string {
  if (/^[A-Za-z0-9]{9}$/.test(id)) return id;
  // FNV-1a, twice with different starts for enough digits.
  return (fnv(id, 0x811c9dc5) + fnv(id, 0x01000193)).slice(0, 9);
}

function fnv(text: string, start: number): string {
  let hash = start;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(36).padStart(7, "0");
}
