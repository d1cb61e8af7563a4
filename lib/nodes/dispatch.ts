import {
  type ChatDelta,
  type ChatRequest,
  type EmbeddingRequest,
  type EmbeddingResult,
  FreshetError,
  type NodeView,
  type ProviderKind,
  toFreshetError,
} from "../shared/mod.ts";
import type { Clock, Log } from "../host/mod.ts";
import type { Principal } from "../access/mod.ts";
import type { CallSource, Ledger } from "../analytics/mod.ts";
import type { Endpoint, Provider } from "../providers/mod.ts";
import { type ModelCatalog, providerOf } from "./catalog.ts";
import { type Candidate, isWorthAnotherNode, rank } from "./choose.ts";
import { Deadlines } from "./deadlines.ts";
import { LedgerEntry, type OpenAttempt } from "./ledger_entry.ts";
import type { NodeRegistry } from "./registry.ts";
import { Slots } from "./slots.ts";
import { WatchedCall } from "./watched_call.ts";

/** One call of a model, wherever it comes from. */
export interface ModelCall {
  principal: Principal;
  request: ChatRequest;
  source: CallSource;
  signal: AbortSignal;
  /** Holds the call to one node. */
  nodeId?: string | undefined;
}

/** One call for embeddings. */
export interface EmbeddingCall {
  principal: Principal;
  model: string;
  input: string[];
  dimensions?: number;
  source: CallSource;
  signal: AbortSignal;
}

/** What a dispatch yields: the deltas, and before them (again after a failed attempt) the node that was chosen. */
export type DispatchEvent =
  | ChatDelta
  | { type: "node"; nodeId: string; nodeName: string; model: string; reason: string };

/** Times to wait, in ms. */
export interface Patience {
  firstTokenMs: number;
  /** After a node said that it is loading the model. */
  loadingMs: number;
  betweenTokensMs: number;
}

/** Patience enough for a large model on a slow disk. */
export const DEFAULT_PATIENCE: Patience = {
  firstTokenMs: 120_000,
  loadingMs: 600_000,
  betweenTokensMs: 60_000,
};

const ATTEMPTS = 3;
const HOSTED_ROOM = 4;

/** What a dispatcher needs. */
export interface DispatcherOptions {
  registry: NodeRegistry;
  catalog: ModelCatalog;
  providers: ReadonlyMap<ProviderKind, Provider>;
  ledger: Ledger;
  clock: Clock;
  log: Log;
  patience?: Partial<Patience> | undefined;
}

/** Brings each model call to a node. Every call of a model goes through here and leaves one row in the ledger. */
export class Dispatcher {
  #options: DispatcherOptions;
  #patience: Patience;
  #deadlines: Deadlines;
  #slots = new Slots();
  #log: Log;

  constructor(options: DispatcherOptions) {
    this.#options = options;
    this.#patience = { ...DEFAULT_PATIENCE, ...options.patience };
    this.#deadlines = new Deadlines(options.clock);
    this.#log = options.log.of("nodes");
  }

  /**
   * Streams an answer. Until the first delta a failing node is replaced by the next, at most twice; after it, the error is
   * thrown. Ends with `finish` and `usage`. Throws a `FreshetError`; ending the iteration early ends the upstream request.
   */
  async *dispatch(call: ModelCall): AsyncGenerator<DispatchEvent, void, undefined> {
    const entry = new LedgerEntry(this.#options.clock, call.request);
    try {
      const candidates = (await this.#candidates(call.principal, call.request.model, call.nodeId)).slice(
        0,
        ATTEMPTS,
      );
      let failed = "";
      for (const [i, { node, reason }] of candidates.entries()) {
        yield nodeEvent(node, call, failed ? `${failed}, so ${node.name} was asked` : reason);
        const slot = await this.#slots.take(node.id, node.concurrency, call.signal);
        const attempt = entry.begin(node);
        const watched = this.#watch(node, call.signal);
        try {
          // One loop for all there is to do with a token: each further generator would cost as much as all of it.
          for await (const delta of await this.#chat(call, node, watched)) {
            this.#note(delta, attempt, watched);
            entry.meter.add(delta);
            yield delta;
          }
          attempt.outcome = "complete";
          if (!entry.meter.isReported) yield { type: "usage", usage: entry.meter.total() };
          return entry.complete();
        } catch (cause) {
          const error = toFreshetError(watched.reasonOf(cause));
          this.#fail(call.principal, node, attempt, error);
          if (attempt.answered && !entry.meter.isReported) {
            yield { type: "usage", usage: entry.meter.total() };
          }
          const isLast = i === candidates.length - 1;
          if (call.signal.aborted || attempt.answered || isLast || !isWorthAnotherNode(error.code)) {
            throw error;
          }
          failed = `${node.name} failed (${error.message})`;
        } finally {
          watched.close();
          entry.end(attempt);
          slot.release();
        }
      }
    } catch (cause) {
      const error = toFreshetError(call.signal.aborted ? abortError(call.signal) : cause);
      entry.fail(error);
      throw error;
    } finally {
      this.#options.ledger.record(entry.row(call.principal, call.request.model, call.source));
    }
  }

  /**
   * How many more calls of a model its nodes can take at the same time. A node without a limit counts as one call at a time
   * where it is local, since its calls share the machine, and as a few where it is hosted.
   */
  async room(principal: Principal, model: string): Promise<number> {
    const holders = await this.#options.catalog.holders(principal, model);
    return holders.reduce((sum, { id, concurrency, local }) => {
      const limit = concurrency > 0 ? concurrency : local ? 1 : HOSTED_ROOM;
      return sum + Math.max(0, limit - this.#slots.load(id));
    }, 0);
  }

  /** One vector for each input, from the first node that answers. */
  async embed(call: EmbeddingCall): Promise<EmbeddingResult> {
    const entry = new LedgerEntry(this.#options.clock, { model: call.model, messages: [] });
    try {
      const candidates = await this.#candidates(call.principal, call.model, undefined);
      const result = await this.#embedOnEach(call, candidates, entry);
      entry.complete(result.usage);
      return result;
    } catch (cause) {
      const error = toFreshetError(call.signal.aborted ? abortError(call.signal) : cause);
      entry.fail(error);
      throw error;
    } finally {
      this.#options.ledger.record(entry.row(call.principal, call.model, call.source));
    }
  }

  async #chat(call: ModelCall, node: NodeView, { signal }: WatchedCall): Promise<AsyncIterable<ChatDelta>> {
    const { registry, providers } = this.#options;
    const endpoint = await registry.endpoint(call.principal, node.id);
    return providerOf(providers, node.kind).chat(endpoint, call.request, signal);
  }

  #watch(node: NodeView, signal: AbortSignal): WatchedCall {
    return new WatchedCall(node.name, signal, this.#deadlines, this.#patience.firstTokenMs);
  }

  /** Every token comes by here. */
  #note(delta: ChatDelta, attempt: OpenAttempt, watched: WatchedCall): void {
    if (delta.type === "loading") return watched.extend(this.#patience.loadingMs, false);
    attempt.answered = true;
    attempt.firstTokenMs ??= this.#options.clock.now() - attempt.startedAt;
    watched.extend(this.#patience.betweenTokensMs, true);
  }

  async #embedOnEach(
    call: EmbeddingCall,
    candidates: Candidate[],
    entry: LedgerEntry,
  ): Promise<EmbeddingResult> {
    const request = {
      model: call.model,
      input: call.input,
      ...(call.dimensions === undefined ? {} : { dimensions: call.dimensions }),
    };
    let last: FreshetError = unknownModel(call.model);
    for (const { node } of candidates.slice(0, ATTEMPTS)) {
      const slot = await this.#slots.take(node.id, node.concurrency, call.signal);
      const attempt = entry.begin(node);
      try {
        const endpoint: Endpoint = await this.#options.registry.endpoint(call.principal, node.id);
        const result = await this.#embedInTime(node, endpoint, request, call.signal);
        attempt.outcome = "complete";
        return result;
      } catch (cause) {
        last = toFreshetError(cause);
        this.#fail(call.principal, node, attempt, last);
        if (!isWorthAnotherNode(last.code)) throw last;
      } finally {
        entry.end(attempt);
        slot.release();
      }
    }
    throw last;
  }

  async #embedInTime(
    node: NodeView,
    endpoint: Endpoint,
    request: EmbeddingRequest,
    signal: AbortSignal,
  ): Promise<EmbeddingResult> {
    const watched = this.#watch(node, signal);
    try {
      return await providerOf(this.#options.providers, node.kind).embed(endpoint, request, watched.signal);
    } catch (error) {
      throw watched.reasonOf(error);
    } finally {
      watched.close();
    }
  }

  async #candidates(principal: Principal, model: string, nodeId: string | undefined): Promise<Candidate[]> {
    const holders = await this.#options.catalog.holders(principal, model);
    const allowed = nodeId === undefined ? holders : holders.filter(({ id }) => id === nodeId);
    const candidates = rank(allowed, model, (id) => this.#slots.load(id));
    if (candidates.length > 0) return candidates;
    throw unknownModel(model);
  }

  #fail(principal: Principal, node: NodeView, attempt: OpenAttempt, error: FreshetError): void {
    attempt.outcome = error.code === "cancelled" ? "cancelled" : "failed";
    attempt.error = error.code;
    if (error.code === "cancelled") return;
    this.#log.warn("An attempt failed", { node: node.name, code: error.code, error: error.message });
    if (error.code !== "unreachable") return;
    this.#options.catalog.observe(principal, node.id, { status: "offline", reason: error.message });
  }
}

function unknownModel(model: string): FreshetError {
  return new FreshetError("model_not_found", `No node has the model ${model}`, {
    hint: "See /v1/models for what there is, or add a node in Settings",
  });
}

function nodeEvent(node: NodeView, { request }: ModelCall, reason: string): DispatchEvent {
  return { type: "node", nodeId: node.id, nodeName: node.name, model: request.model, reason };
}

function abortError(signal: AbortSignal): unknown {
  return signal.reason instanceof FreshetError ? signal.reason : new DOMException("", "AbortError");
}
