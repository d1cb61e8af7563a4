import type {
  ChatDelta,
  ChatRequest,
  EmbeddingRequest,
  EmbeddingResult,
  ModelInfo,
  ProviderKind,
} from "../shared/mod.ts";

/** Where and as whom a provider is asked. */
export interface Endpoint {
  nodeId: string;
  /** Without a trailing slash; for OpenAI-compatible servers with its version path (`…/v1`). */
  baseUrl: string;
  apiKey?: string;
  /** Hugging Face: the inference provider that runs the models ("novita", "nebius", "auto", …). */
  inferenceProvider?: string;
}

/**
 * Whether a server goes on with an answer whose beginning is the last message of the request: it does (`prefix`), it does or
 * says everything once more (`unsure`), or it takes no such request (`none`).
 */
export type Continuation = "prefix" | "unsure" | "none";

/** How an answer in OpenAI's protocol goes on to a caller who speaks it too. */
export interface PassOptions {
  signal: AbortSignal;
  /** Whether the caller has asked for the chunk that tells the usage. */
  includeUsage: boolean;
  /**
   * Takes whole events as they came; `count` is how many there are, of most servers tokens. A promise holds the server back.
   * Called and not yielded: each step of an iterator would cost as much as all else that is done with a token.
   */
  write(bytes: Uint8Array<ArrayBuffer>, count: number): Promise<void> | undefined;
}

/**
 * One wire protocol. Implementations hold no state of a node, and map what goes wrong to a `FreshetError` of code
 * `rate_limited context_length auth model_not_found unreachable unavailable stalled upstream cancelled invalid_request
 * unsupported`. `unavailable` is a server that says itself that it is overloaded or not ready.
 */
export interface Provider {
  readonly kind: ProviderKind;

  /**
   * Streams an answer. The iterable ends normally only after a `finish` delta; a stream that the server cut throws
   * `upstream`. Aborting `signal` closes the connection at once and throws `cancelled`. It never retries by itself.
   */
  chat(endpoint: Endpoint, request: ChatRequest, signal: AbortSignal): AsyncIterable<ChatDelta>;

  /**
   * The same as `chat`, but the answer is written as the bytes in which it came, and only the `finish` and the `usage` are
   * yielded. Absent where the protocol is not OpenAI's; undefined for a server whose reading of it has to be translated.
   */
  pass?(endpoint: Endpoint, request: ChatRequest, options: PassOptions): AsyncIterable<ChatDelta> | undefined;

  /** What the server makes of a request with `continues`. */
  continuation(endpoint: Endpoint, model: ModelInfo): Continuation;

  /** One vector for each input. Throws `unsupported` where the protocol has none. */
  embed(endpoint: Endpoint, request: EmbeddingRequest, signal: AbortSignal): Promise<EmbeddingResult>;

  /** The models that the server offers, with what it tells of them. */
  models(endpoint: Endpoint, signal: AbortSignal): Promise<ModelInfo[]>;

  /**
   * Whether the server is truly one of this kind, asked after `probe` where others answer in the same protocol on the same port;
   * absent where the probe shows it. Rejects like `probe`.
   */
  recognises?(endpoint: Endpoint, signal: AbortSignal): Promise<boolean>;

  /** The cheapest call that shows that the server answers and takes our key. Resolves, or throws the typed error. */
  probe(endpoint: Endpoint, signal: AbortSignal): Promise<void>;
}
