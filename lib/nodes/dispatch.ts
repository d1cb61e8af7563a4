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
import type { Attempt, CallSource, Ledger } from "../analytics/mod.ts";
import type { Endpoint, Provider } from "../providers/mod.ts";
import { type ModelCatalog, providerOf } from "./catalog.ts";
import { type Candidate, isWorthAnotherNode, rank } from "./choose.ts";
import { Deadlines } from "./deadlines.ts";
import type { NodeRegistry } from "./registry.ts";
import { UsageMeter } from "./usage_meter.ts";

/** One call of a model, wherever it comes from. */
export interface ModelCall {
  principal: Principal;
  request: ChatRequest;
  source: CallSource;
  signal: AbortSignal;
  /** Holds the call to one node. */
  nodeId?: string | undefined;
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
  #inFlight = new Map<string, number>();
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
    const entry = this.#open(call);
    try {
      const candidates = await this.#candidates(call);
      yield* this.#tryEach(call, candidates, entry);
      entry.outcome = "complete";
    } catch (cause) {
      const error = toFreshetError(call.signal.aborted ? abortError(call.signal) : cause);
      entry.outcome = error.code === "cancelled" ? "cancelled" : "failed";
      entry.error = error;
      throw error;
    } finally {
      this.#close(call, entry);
    }
  }

  /** One vector for each input, from the first node that answers. */
  async embed(
    call: {
      principal: Principal;
      model: string;
      input: string[];
      dimensions?: number;
      source: CallSource;
      signal: AbortSignal;
    },
  ): Promise<EmbeddingResult> {
    const request: ChatRequest = { model: call.model, messages: [] };
    const entry = this.#open({ ...call, request });
    try {
      const holders = await this.#options.catalog.holders(call.principal, call.model);
      const candidates = rank(holders, call.model, (id) => this.#inFlight.get(id) ?? 0);
      if (candidates.length === 0) throw unknownModel(call.model);
      const result = await this.#embedOnEach(call, candidates, entry);
      entry.outcome = "complete";
      entry.usage = result.usage;
      return result;
    } catch (cause) {
      const error = toFreshetError(call.signal.aborted ? abortError(call.signal) : cause);
      entry.outcome = error.code === "cancelled" ? "cancelled" : "failed";
      entry.error = error;
      throw error;
    } finally {
      this.#close({ ...call, request }, entry);
    }
  }

  async *#tryEach(call: ModelCall, candidates: Candidate[], entry: Entry): AsyncGenerator<DispatchEvent> {
    let failed = "";
    for (const [i, { node, reason }] of candidates.slice(0, ATTEMPTS).entries()) {
      const why = failed ? `${failed}, so ${node.name} was asked` : reason;
      yield { type: "node", nodeId: node.id, nodeName: node.name, model: call.request.model, reason: why };
      const attempt = this.#begin(node, entry);
      try {
        for await (const delta of this.#attempt(call, node, attempt)) {
          if (delta.type !== "loading") attempt.answered = true;
          entry.meter.add(delta);
          yield delta;
        }
        attempt.outcome = "complete";
        if (!entry.meter.isReported) yield { type: "usage", usage: entry.meter.total() };
        return;
      } catch (cause) {
        const error = toFreshetError(cause);
        this.#fail(call, node, attempt, error);
        const isLast = i === Math.min(candidates.length, ATTEMPTS) - 1;
        if (attempt.answered && !entry.meter.isReported) yield { type: "usage", usage: entry.meter.total() };
        if (call.signal.aborted || attempt.answered || isLast || !isWorthAnotherNode(error.code)) throw error;
        failed = `${node.name} failed (${error.message})`;
      } finally {
        this.#end(attempt);
      }
    }
  }

  /** One attempt under its deadlines: a stall aborts the upstream and becomes `stalled`. */
  async *#attempt(call: ModelCall, node: NodeView, attempt: OpenAttempt): AsyncGenerator<ChatDelta> {
    const { clock, registry, providers } = this.#options;
    const endpoint = await registry.endpoint(call.principal, node.id);
    const controller = new AbortController();
    const onAbort = () => controller.abort(call.signal.reason);
    if (call.signal.aborted) onAbort();
    call.signal.addEventListener("abort", onAbort, { once: true });
    let stalled: FreshetError | undefined;
    const deadline = this.#deadlines.start(this.#patience.firstTokenMs, () => {
      stalled = stallError(node.name, attempt.answered);
      controller.abort(stalled);
    });
    try {
      const provider = providerOf(providers, node.kind);
      for await (const delta of provider.chat(endpoint, call.request, controller.signal)) {
        if (delta.type === "loading") {
          deadline.extend(this.#patience.loadingMs);
        } else {
          attempt.firstTokenMs ??= clock.now() - attempt.startedAt;
          deadline.extend(this.#patience.betweenTokensMs);
        }
        yield delta;
      }
    } catch (error) {
      throw stalled ?? error;
    } finally {
      deadline.clear();
      call.signal.removeEventListener("abort", onAbort);
      controller.abort();
    }
  }

  async #embedOnEach(
    call: { principal: Principal; model: string; input: string[]; dimensions?: number; signal: AbortSignal },
    candidates: Candidate[],
    entry: Entry,
  ): Promise<EmbeddingResult> {
    const request = {
      model: call.model,
      input: call.input,
      ...(call.dimensions === undefined ? {} : { dimensions: call.dimensions }),
    };
    let last: FreshetError = unknownModel(call.model);
    for (const { node } of candidates.slice(0, ATTEMPTS)) {
      const attempt = this.#begin(node, entry);
      try {
        const endpoint: Endpoint = await this.#options.registry.endpoint(call.principal, node.id);
        const result = await this.#embedInTime(node, endpoint, request, call.signal);
        attempt.outcome = "complete";
        return result;
      } catch (cause) {
        last = toFreshetError(cause);
        this.#fail(call, node, attempt, last);
        if (!isWorthAnotherNode(last.code)) throw last;
      } finally {
        this.#end(attempt);
      }
    }
    throw last;
  }

  /** One attempt under its deadline, as in `#attempt`. */
  async #embedInTime(
    node: NodeView,
    endpoint: Endpoint,
    request: EmbeddingRequest,
    signal: AbortSignal,
  ): Promise<EmbeddingResult> {
    const controller = new AbortController();
    const onAbort = () => controller.abort(signal.reason);
    if (signal.aborted) onAbort();
    signal.addEventListener("abort", onAbort, { once: true });
    let stalled: FreshetError | undefined;
    const deadline = this.#deadlines.start(this.#patience.firstTokenMs, () => {
      stalled = stallError(node.name, false);
      controller.abort(stalled);
    });
    try {
      const provider = providerOf(this.#options.providers, node.kind);
      return await provider.embed(endpoint, request, controller.signal);
    } catch (error) {
      throw stalled ?? error;
    } finally {
      deadline.clear();
      signal.removeEventListener("abort", onAbort);
    }
  }

  async #candidates({ principal, request, nodeId }: ModelCall): Promise<Candidate[]> {
    const holders = await this.#options.catalog.holders(principal, request.model);
    const allowed = nodeId === undefined ? holders : holders.filter(({ id }) => id === nodeId);
    const candidates = rank(allowed, request.model, (id) => this.#inFlight.get(id) ?? 0);
    if (candidates.length > 0) return candidates;
    throw unknownModel(request.model);
  }

  #open({ request }: Pick<ModelCall, "request">): Entry {
    return {
      at: this.#options.clock.now(),
      attempts: [],
      meter: new UsageMeter(request),
      outcome: "cancelled",
    };
  }

  #begin(node: NodeView, entry: Entry): OpenAttempt {
    const attempt: OpenAttempt = {
      nodeId: node.id,
      nodeName: node.name,
      startedAt: this.#options.clock.now(),
      durationMs: 0,
      outcome: "cancelled",
      answered: false,
    };
    entry.attempts.push(attempt);
    this.#inFlight.set(node.id, (this.#inFlight.get(node.id) ?? 0) + 1);
    return attempt;
  }

  #fail(call: Pick<ModelCall, "principal">, node: NodeView, attempt: OpenAttempt, error: FreshetError): void {
    attempt.outcome = error.code === "cancelled" ? "cancelled" : "failed";
    attempt.error = error.code;
    if (error.code === "cancelled") return;
    this.#log.warn("An attempt failed", { node: node.name, code: error.code, error: error.message });
    if (error.code !== "unreachable") return;
    this.#options.catalog.observe(call.principal, node.id, { status: "offline", reason: error.message });
  }

  #end(attempt: OpenAttempt): void {
    attempt.durationMs = this.#options.clock.now() - attempt.startedAt;
    this.#inFlight.set(attempt.nodeId, (this.#inFlight.get(attempt.nodeId) ?? 1) - 1);
  }

  #close(
    { principal, request, source }: Pick<ModelCall, "principal" | "request" | "source">,
    entry: Entry,
  ): void {
    const { at, attempts, outcome, error } = entry;
    const first = attempts.find((attempt) => attempt.firstTokenMs !== undefined);
    this.#options.ledger.record({
      profileId: principal.profileId,
      ...(principal.keyId === undefined ? {} : { keyId: principal.keyId }),
      at,
      source,
      model: request.model,
      attempts: attempts.map(({ answered: _, ...attempt }) => attempt),
      outcome,
      ...(error ? { error: error.code } : {}),
      usage: entry.usage ?? entry.meter.total(),
      durationMs: this.#options.clock.now() - at,
      ...(first?.firstTokenMs === undefined
        ? {}
        : { firstTokenMs: first.startedAt - at + first.firstTokenMs }),
    });
  }
}

/** A ledger row in the making. */
interface Entry {
  at: number;
  attempts: OpenAttempt[];
  meter: UsageMeter;
  outcome: "complete" | "cancelled" | "failed";
  error?: FreshetError;
  usage?: EmbeddingResult["usage"];
}

type OpenAttempt = Attempt & { answered: boolean };

function unknownModel(model: string): FreshetError {
  return new FreshetError("model_not_found", `No node has the model ${model}`, {
    hint: "See /v1/models for what there is, or add a node in Settings",
  });
}

function stallError(node: string, answered: boolean): FreshetError {
  return new FreshetError(
    "stalled",
    answered ? `${node} stopped in mid-answer` : `${node} did not begin to answer in time`,
  );
}

function abortError(signal: AbortSignal): unknown {
  return signal.reason instanceof FreshetError ? signal.reason : new DOMException("", "AbortError");
}
