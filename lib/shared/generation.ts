import type { ErrorBody } from "./errors.ts";

/** Who speaks in a message sent to a model. */
export type Role = "system" | "user" | "assistant" | "tool";

/** One part of a message's content. Image data is base64 without a `data:` prefix. */
export type ContentPart =
  | { type: "text"; text: string }
  | { type: "image"; mediaType: string; data: string };

/** A whole call of a tool by a model; `arguments` is the JSON text as the model wrote it. */
export interface ToolCall {
  id: string;
  name: string;
  arguments: string;
}

/** A tool that a model may call; `parameters` is a JSON Schema of an object. */
export interface ToolDefinition {
  name: string;
  description?: string;
  parameters: Record<string, unknown>;
  strict?: boolean;
}

/** Whether and which tool the model has to call. */
export type ToolChoice = "auto" | "none" | "required" | { name: string };

/** How the answer has to be formed. */
export type ResponseFormat =
  | { type: "text" }
  | { type: "json_object" }
  | { type: "json_schema"; name: string; schema: Record<string, unknown>; strict?: boolean };

/** One message of a conversation as a model sees it. */
export interface PromptMessage {
  role: Role;
  content: ContentPart[];
  /** The speaker's name, where the protocol has one. */
  name?: string;
  /** For `assistant`: the tools it called. */
  toolCalls?: ToolCall[];
  /** For `tool`: the call this is the result of. */
  toolCallId?: string;
}

/** How much a model that can should think before it answers. */
export type ReasoningEffort = "off" | "low" | "medium" | "high";

/** The settings of a generation; what is absent is left to the model server. */
export interface GenerationParameters {
  temperature?: number;
  topP?: number;
  /** Upper bound of generated tokens. */
  maxTokens?: number;
  stop?: string[];
  seed?: number;
  presencePenalty?: number;
  frequencyPenalty?: number;
  reasoning?: ReasoningEffort;
  /** Tokens of context to load the model with, where the server lets us choose (Ollama's `num_ctx`). */
  contextLength?: number;
  /** How long the server keeps the model loaded (Ollama's `keep_alive`: "5m", or seconds; -1 for ever). */
  keepAlive?: string | number;
}

/** The one canonical request that every provider maps to its own protocol. */
export interface ChatRequest extends GenerationParameters {
  /** The model's id on the node that answers. */
  model: string;
  messages: PromptMessage[];
  tools?: ToolDefinition[];
  toolChoice?: ToolChoice;
  parallelToolCalls?: boolean;
  responseFormat?: ResponseFormat;
  /** True where the last message, of the assistant, is the beginning of the answer and to be gone on with. */
  continues?: boolean;
}

/** Why a model stopped. */
export type FinishReason = "stop" | "length" | "tool_calls" | "content_filter";

/** Tokens of one call. `estimated` is true where the server reported nothing and we counted. */
export interface Usage {
  promptTokens: number;
  completionTokens: number;
  totalTokens: number;
  reasoningTokens?: number;
  cachedTokens?: number;
  estimated: boolean;
}

/**
 * One step of an answer. `tool_call` deltas with the same `index` belong together: the first carries `id` and `name`, all may
 * carry a fragment of `arguments`. `finish` comes once, last but for `usage`, and its absence means that the stream was cut.
 */
export type ChatDelta =
  | { type: "text"; text: string }
  | { type: "reasoning"; text: string }
  | { type: "tool_call"; index: number; id?: string; name?: string; arguments?: string }
  | { type: "loading"; message: string; progress?: number }
  | { type: "usage"; usage: Usage }
  | { type: "finish"; reason: FinishReason };

/** What a model can do. */
export type Capability = "chat" | "vision" | "tools" | "reasoning" | "embedding" | "json";

/** A model as one node describes it. */
export interface ModelInfo {
  id: string;
  /** A name for people; the id where the server has none. */
  name: string;
  capabilities: Capability[];
  /** Tokens. */
  contextLength?: number;
  /** Bytes on disk. */
  sizeBytes?: number;
  parameters?: string;
  quantization?: string;
  family?: string;
  /** True while the server holds it in memory. */
  loaded?: boolean;
  /** Bytes of memory that it takes while it is loaded, and how many of them on graphics cards. */
  memoryBytes?: number;
  vramBytes?: number;
  /** When the server takes it out of memory (ms since 1970), unless it is asked again. */
  expiresAt?: number;
  /** What the model is, whatever its name: 64 hexadecimal digits of SHA-256. */
  digest?: string;
  /** Of what is in memory, where that is not what has the name now. */
  loadedDigest?: string;
  ownedBy?: string;
  /** ms since 1970. */
  createdAt?: number;
}

/** A request for embeddings. */
export interface EmbeddingRequest {
  model: string;
  input: string[];
  dimensions?: number;
}

/** One vector for each input, in its order. */
export interface EmbeddingResult {
  model: string;
  vectors: number[][];
  usage: Usage;
}

/** What was measured of an answer. */
export interface AnswerMetrics {
  /** ms from the start of the run to the first text, reasoning or tool call. */
  firstTokenMs?: number;
  /** ms from the start of the run to its end. */
  durationMs: number;
  /** Completion tokens a second after the first token. */
  tokensPerSecond?: number;
}

/** How a run, or a call of a model, ended. */
export type Outcome = "complete" | "cancelled" | "failed" | "interrupted";

/** An ended generation with what may be said of it. */
export interface Ending {
  outcome: Outcome;
  finishReason?: FinishReason;
  error?: ErrorBody;
}
