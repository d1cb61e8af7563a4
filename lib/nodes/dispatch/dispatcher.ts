import {
  type ContactFeature,
  type EmbeddingResult,
  estimateTokens,
  FreshetError,
  type ProviderKind,
} from "../../shared/mod.ts";
import type { Clock, Log } from "../../host/mod.ts";
import type { AdmissionControl, Principal, PromptTokens } from "../../access/mod.ts";
import type { Ledger } from "../../analytics/mod.ts";
import type { Provider } from "../../providers/mod.ts";
import type { Aliases } from "../aliases.ts";
import type { ModelCatalog } from "../catalog.ts";
import { Affinity } from "../choice/affinity.ts";
import { Routes } from "../choice/routes.ts";
import type { NodeMonitor } from "../health/monitor.ts";
import { Scheduler } from "../queue/scheduler.ts";
import type { NodeRegistry } from "../registry.ts";
import { ActiveCalls } from "./active_calls.ts";
import { Attempts, type AttemptsOptions } from "./attempts.ts";
import {
  DEFAULT_PATIENCE,
  type DispatchEvent,
  type EmbeddingCall,
  type ModelCall,
  type Patience,
} from "./calls.ts";
import { Deadlines } from "./deadlines.ts";
import { DecisionLog } from "./decisions.ts";
import { NodeCalls } from "./node_calls.ts";
import { OpenCall } from "./open_call.ts";
import { Plan } from "./plan.ts";
import { estimatePrompt } from "./usage_meter.ts";

const HOSTED_ROOM = 4;

/** What a dispatcher needs. */
export interface DispatcherOptions {
  aliases: Aliases;
  registry: NodeRegistry;
  catalog: ModelCatalog;
  monitor: NodeMonitor;
  providers: ReadonlyMap<ProviderKind, Provider>;
  /** The providers by what they are asked for; those above where absent. */
  providersFor?: ((feature: ContactFeature) => ReadonlyMap<ProviderKind, Provider>) | undefined;
  ledger: Ledger;
  clock: Clock;
  log: Log;
  patience?: Partial<Patience> | undefined;
  /** Who may call now, and how much; everybody where absent. */
  limits?: AdmissionControl | undefined;
  /** Calls that may wait for a turn at the same time. */
  queueMax?: number | undefined;
}

/** Brings each model call to a node. Every call of a model goes through here and leaves one row in the ledger. */
export class Dispatcher {
  readonly decisions = new DecisionLog();
  readonly scheduler: Scheduler;
  /** Calls under way, those that wait for a turn included. */
  readonly active = new ActiveCalls();
  readonly #options: DispatcherOptions;
  readonly #affinity: Affinity;
  readonly #routes: Routes;
  readonly #nodes: NodeCalls;
  /** What the attempts at all calls share. */
  readonly #shared: AttemptsOptions;

  constructor(options: DispatcherOptions) {
    const { catalog, clock, log, providers } = options;
    this.#options = options;
    this.scheduler = new Scheduler(clock, options.queueMax);
    this.#affinity = new Affinity(() => clock.now());
    this.#routes = new Routes(options);
    this.#nodes = new NodeCalls(options.registry, options.providersFor ?? (() => providers));
    this.#shared = {
      affinity: this.#affinity,
      catalog,
      clock,
      deadlines: new Deadlines(clock),
      decisions: this.decisions,
      log: log.of("nodes"),
      nodes: this.#nodes,
      patience: { ...DEFAULT_PATIENCE, ...options.patience },
      routes: this.#routes,
      scheduler: this.scheduler,
    };
  }

  /**
   * Streams an answer. Until the first delta a failing node is replaced by the next, at most twice for each model of a chain;
   * after it, another node that holds the model goes on from where the answer stands, unless that is not safe or not wished.
   * Ends with `finish` and `usage`. Throws a `FreshetError`; ending the iteration early ends the upstream request.
   */
  async *dispatch(call: ModelCall): AsyncGenerator<DispatchEvent, void, undefined> {
    const { principal, request } = call;
    const open = await this.#open(call, () => estimatePrompt(request), request.maxTokens);
    const { answer, entry } = open;
    try {
      const routes = await this.#routes.of(principal, request.model, call);
      const plan = new Plan(routes, answer, (option, model) => this.#nodes.continuation(option, model));
      const attempts = new Attempts(open, plan, this.#shared);
      for (;;) {
        const attempt = yield* attempts.begin();
        try {
          yield attempt.event;
          // One loop for all there is to do with a token: each further generator would cost as much as all of it.
          for await (const delta of await this.#nodes.chat(call, attempt, answer)) {
            const given = attempt.take(delta);
            if (given === undefined) continue;
            answer.add(given);
            yield given;
          }
          for (const delta of attempt.rest()) {
            answer.add(delta);
            yield delta;
          }
          // A cut answer never looks whole.
          if (!answer.isFinished) throw new FreshetError("upstream", "The answer broke off before its end");
          attempt.complete();
          this.#affinity.set(open.conversation, attempt.turn.node.id);
          if (entry.hasSum(attempt.cost)) yield { type: "usage", usage: entry.sum() };
          return entry.complete();
        } catch (cause) {
          const error = attempts.fail(attempt, cause);
          if (attempts.mayGoOn(error)) continue;
          if (answer.hasBegun && entry.hasSum(attempt.cost)) yield { type: "usage", usage: entry.sum() };
          throw error;
        } finally {
          attempts.end(attempt);
        }
      }
    } catch (cause) {
      throw open.fail(cause);
    } finally {
      open.close();
    }
  }

  /**
   * How many more calls of a model its nodes can take at the same time. A node without a limit counts as one call at a time
   * where it is local, since its calls share the machine, and as a few where it is hosted.
   */
  async room(principal: Principal, model: string): Promise<number> {
    const options = await this.#routes.options(principal, model, {});
    return options.reduce((sum, { node: { concurrency, local }, state }) => {
      const limit = concurrency > 0 ? concurrency : local ? 1 : HOSTED_ROOM;
      return sum + Math.max(0, limit - state.inFlight);
    }, 0);
  }

  /** One vector for each input, from the first node that answers. */
  async embed(call: EmbeddingCall): Promise<EmbeddingResult> {
    const { principal, model } = call;
    const tokens = () => call.input.reduce((sum, text) => sum + estimateTokens(text), 0);
    const open = await this.#open({ ...call, request: { model, messages: [] } }, tokens, 0);
    try {
      const routes = await this.#routes.of(principal, model, {});
      const attempts = new Attempts(open, new Plan(routes, open.answer, () => "none"), this.#shared);
      for (;;) {
        const attempt = await last(attempts.begin());
        try {
          const result = await this.#nodes.embed(call, attempt);
          attempt.complete();
          open.entry.complete(result.usage);
          return result;
        } catch (cause) {
          const error = attempts.fail(attempt, cause);
          if (!attempts.mayGoOn(error)) throw error;
        } finally {
          attempts.end(attempt);
        }
      }
    } catch (cause) {
      throw open.fail(cause);
    } finally {
      open.close();
    }
  }

  /** Takes the call from its caller's limits before anything is begun: one that is refused leaves no row. */
  async #open(call: ModelCall, tokens: PromptTokens, maxTokens: number | undefined): Promise<OpenCall> {
    const { clock, ledger, limits } = this.#options;
    const admission = await limits?.begin(call.principal, tokens, maxTokens);
    const { deadlines, patience } = this.#shared;
    return new OpenCall(call, {
      clock,
      ledger,
      deadlines,
      totalMs: patience.totalMs,
      admission,
      active: this.active,
    });
  }
}

/** What a generator returns, whatever it yields before. */
async function last<T>(generator: AsyncGenerator<unknown, T, undefined>): Promise<T> {
  for (;;) {
    const { done, value } = await generator.next();
    if (done) return value;
  }
}
