/** What the tests of the gateway need: nodes over a scripted provider, and a clock that is moved by hand. */
import {
  type ChatDelta,
  type ChatRequest,
  type EmbeddingRequest,
  type EmbeddingResult,
  FreshetError,
  type ModelInfo,
  type RateLimits,
} from "../shared/mod.ts";
import { type Clock, silentLog } from "../host/mod.ts";
import { ApiKeys, Authenticator, localPrincipal, RateLimiter } from "../access/mod.ts";
import { Ledger } from "../analytics/mod.ts";
import { Nodes, type Patience } from "../nodes/mod.ts";
import type { Endpoint, Provider } from "../providers/mod.ts";
import { openStore } from "../store/mod.ts";
import { createGateway, type Gateway, type GatewayOptions } from "./mod.ts";

/** How a model behaves. */
export type Script = (request: ChatRequest, signal: AbortSignal) => AsyncIterable<ChatDelta>;

/** A provider whose models do what their scripts say. */
export class ScriptedProvider implements Provider {
  readonly kind = "openai";
  /** What was asked, in order. */
  readonly requests: ChatRequest[] = [];
  readonly embeddings: EmbeddingRequest[] = [];
  /** How many chats and embeddings are going on. */
  running = 0;
  scripts: Record<string, Script>;
  infos: Record<string, Partial<ModelInfo>>;
  embedding: (request: EmbeddingRequest, signal: AbortSignal) => Promise<EmbeddingResult>;

  constructor(scripts: Record<string, Script> = {}, infos: Record<string, Partial<ModelInfo>> = {}) {
    this.scripts = scripts;
    this.infos = infos;
    this.embedding = (request) => Promise.resolve(vectorsOf(request));
  }

  async *chat(_endpoint: Endpoint, request: ChatRequest, signal: AbortSignal): AsyncIterable<ChatDelta> {
    this.requests.push(request);
    const script = this.scripts[request.model];
    if (!script) throw new FreshetError("model_not_found", `The server has no ${request.model}`);
    this.running++;
    try {
      yield* script(request, signal);
    } finally {
      this.running--;
    }
  }

  continuation(): "unsure" {
    return "unsure";
  }

  async embed(_endpoint: Endpoint, request: EmbeddingRequest, signal: AbortSignal): Promise<EmbeddingResult> {
    this.embeddings.push(request);
    this.running++;
    try {
      return await this.embedding(request, signal);
    } finally {
      this.running--;
    }
  }

  models(): Promise<ModelInfo[]> {
    const ids = [...new Set([...Object.keys(this.scripts), ...Object.keys(this.infos)])];
    return Promise.resolve(ids.map((id) => ({ id, name: id, capabilities: [], ...this.infos[id] })));
  }

  probe(): Promise<void> {
    return Promise.resolve();
  }
}

/** A model that says the same each time and stops. */
export function says(...texts: string[]): Script {
  return async function* () {
    for (const text of texts) yield { type: "text", text };
    yield { type: "finish", reason: "stop" };
    yield {
      type: "usage",
      usage: { promptTokens: 5, completionTokens: 3, totalTokens: 8, estimated: false },
    };
  };
}

/** A model that yields these deltas, then throws or ends. */
export function yields(deltas: ChatDelta[], error?: FreshetError): Script {
  return async function* () {
    yield* deltas;
    if (error) throw error;
  };
}

/** A model that yields these deltas and then nothing more until it is aborted. */
export function hangs(...deltas: ChatDelta[]): Script {
  return async function* (_request, signal) {
    yield* deltas;
    await aborted(signal);
  };
}

/** Rejects as a provider does when the signal is aborted. */
export function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const fail = () => reject(new FreshetError("cancelled", "The request was cancelled"));
    if (signal.aborted) return fail();
    signal.addEventListener("abort", fail, { once: true });
  });
}

/** Vectors of three numbers that float32 holds exactly; the first is the length of the text. */
export function vectorsOf({ model, input }: EmbeddingRequest): EmbeddingResult {
  return {
    model,
    vectors: input.map((text) => [text.length, 0.5, -0.25]),
    usage: { promptTokens: 7, completionTokens: 0, totalTokens: 7, estimated: false },
  };
}

/** A clock that stands still until it is moved. */
export class ManualClock implements Clock {
  #now = 1_700_000_000_000;
  #timers = new Set<{ at: number; every?: number; fn: () => void }>();

  now(): number {
    return this.#now;
  }

  after(ms: number, fn: () => void): () => void {
    return this.#add({ at: this.#now + ms, fn });
  }

  every(ms: number, fn: () => void): () => void {
    return this.#add({ at: this.#now + ms, every: ms, fn });
  }

  /** How many timers run. */
  get timers(): number {
    return this.#timers.size;
  }

  /** Moves the time and calls what is due, in order. */
  advance(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const next = [...this.#timers].toSorted((a, b) => a.at - b.at)[0];
      if (!next || next.at > end) break;
      this.#now = next.at;
      if (next.every === undefined) this.#timers.delete(next);
      else next.at += next.every;
      next.fn();
    }
    this.#now = end;
  }

  #add(timer: { at: number; every?: number; fn: () => void }): () => void {
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }
}

/** A gateway with all that is behind it. */
export interface Rig {
  gateway: Gateway;
  nodes: Nodes;
  ledger: Ledger;
  apiKeys: ApiKeys;
  limiter: RateLimiter;
  close(): Promise<void>;
}

/** Sets up a gateway over one node, "Fake", whose provider is scripted. */
export async function setUp(
  provider: ScriptedProvider,
  options: Partial<GatewayOptions> & {
    clock: Clock;
    token?: string;
    patience?: Partial<Patience>;
    nodeName?: string;
    /** Of the profile. */
    rates?: RateLimits;
  },
): Promise<Rig> {
  const { clock, token, patience, nodeName = "Fake", rates, ...rest } = options;
  const log = options.log ?? silentLog;
  const store = await openStore({ folder: ":memory:" });
  const ledger = new Ledger({ store, clock, log });
  const apiKeys = new ApiKeys(store);
  const limiter = new RateLimiter({ store, clock, log, keys: apiKeys, profile: rates ?? {} });
  const nodes = new Nodes({
    store,
    providers: new Map([["openai", provider]]),
    ledger,
    clock,
    log,
    sketch: false,
    config: [{ name: nodeName, kind: "openai", baseUrl: "http://fake.test/v1" }],
    servers: [],
    patience,
    limits: limiter,
    onChange: () => {},
  });
  const authenticator = new Authenticator({ token, apiKeys });
  const gateway = createGateway({ nodes, authenticator, limits: limiter, log, clock, ...rest });
  await nodes.catalog.refresh(localPrincipal);
  return {
    gateway,
    nodes,
    ledger,
    apiKeys,
    limiter,
    async close() {
      await gateway.close();
      await nodes.close();
      await ledger.flush();
      await limiter.close();
      store.close();
    },
  };
}
