import {
  type ContactFeature,
  type EmbeddingResult,
  estimateTokens,
  FreshetError,
  type ProviderKind,
  toFreshetError,
} from "../../shared/mod.ts";
import type { Clock, Log } from "../../host/mod.ts";
import { type AdmissionControl, houseOf, type Principal, type PromptTokens } from "../../access/mod.ts";
import type { Ledger } from "../../analytics/mod.ts";
import type { Provider } from "../../providers/mod.ts";
import type { Aliases } from "../aliases.ts";
import type { ModelCatalog } from "../catalog.ts";
import { Affinity } from "../choice/affinity.ts";
import { isWorthAnotherNode } from "../choice/worth.ts";
import { Routes } from "../choice/routes.ts";
import type { NodeMonitor } from "../health/monitor.ts";
import { type QueuePosition, Scheduler } from "../queue/scheduler.ts";
import type { NodeRegistry } from "../registry.ts";
import { ActiveCalls } from "./active_calls.ts";
import { Attempt } from "./attempt.ts";
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
import { WatchedCall } from "./watched_call.ts";

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
  readonly #patience: Patience;
  readonly #deadlines: Deadlines;
  readonly #affinity: Affinity;
  readonly #routes: Routes;
  readonly #nodes: NodeCalls;
  readonly #log: Log;

  constructor(options: DispatcherOptions) {
    this.#options = options;
    this.#patience = { ...DEFAULT_PATIENCE, ...options.patience };
    this.#deadlines = new Deadlines(options.clock);
    this.scheduler = new Scheduler(options.clock, options.queueMax);
    this.#affinity = new Affinity(() => options.clock.now());
    this.#routes = new Routes(options);
    this.#nodes = new NodeCalls(options.registry, options.providersFor ?? (() => options.providers));
    this.#log = options.log.of("nodes");
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
      for (;;) {
        const attempt = yield* this.#begin(open, plan);
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
          const error = this.#fail(open, plan, attempt, cause);
          if (this.#mayGoOn(open, plan, error)) continue;
          if (answer.hasBegun && entry.hasSum(attempt.cost)) yield { type: "usage", usage: entry.sum() };
          throw error;
        } finally {
          this.#end(open, attempt);
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
      const plan = new Plan(routes, open.answer, () => "none");
      for (;;) {
        const attempt = await last(this.#begin(open, plan));
        try {
          const result = await this.#nodes.embed(call, attempt);
          attempt.complete();
          open.entry.complete(result.usage);
          return result;
        } catch (cause) {
          const error = this.#fail(open, plan, attempt, cause);
          if (!this.#mayGoOn(open, plan, error)) throw error;
        } finally {
          this.#end(open, attempt);
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
    const { totalMs } = this.#patience;
    return new OpenCall(call, {
      clock,
      ledger,
      deadlines: this.#deadlines,
      totalMs,
      admission,
      active: this.active,
    });
  }

  /** Waits for a turn at the best node that is left, and begins there. Throws the last failure where none is left. */
  async *#begin(open: OpenCall, plan: Plan): AsyncGenerator<QueuePosition, Attempt, undefined> {
    const { call, answer, conversation, entry, failures, tenant, total } = open;
    const { clock } = this.#options;
    const route = plan.next();
    if (!route) throw failures.at(-1) ?? new FreshetError("unavailable", "No node is left to ask");
    const { model } = route;
    const askedAt = clock.now();
    const turn = yield* this.scheduler.take({
      callId: entry.id,
      profileId: houseOf(call.principal).profileId,
      tenant,
      source: call.source.type,
      model,
      options: route.options,
      coolWaitMs: open.coolWaitMs,
      stickyId: this.#affinity.nodeOf(conversation),
      reload: async () => plan.left(route, await this.#routes.options(call.principal, model, call)),
      signal: total.signal,
    });
    const { node } = turn;
    plan.try(node.id);
    const mayReplay = this.#nodes.continuation(turn, model) === "unsure";
    const request = answer.request(model, mayReplay);
    const tellsUsage = !entry.hasCost;
    const isContinued = answer.hasText;
    const failed = failures.at(-1);
    const reason = failed ? `${open.before} failed (${failed.message}); ${turn.reason}` : turn.reason;
    open.before = node.name;
    return new Attempt({
      clock,
      patience: this.#patience,
      turn,
      request,
      event: {
        type: "node",
        nodeId: node.id,
        nodeName: node.name,
        model,
        reason,
        ...(isContinued ? { isContinued } : {}),
      },
      decision: this.decisions.add(houseOf(call.principal).profileId, {
        callId: entry.id,
        at: clock.now(),
        source: call.source.type,
        model,
        nodeId: node.id,
        nodeName: node.name,
        reason,
        attempt: failures.length + 1,
        waitedMs: clock.now() - askedAt,
        isContinued,
      }),
      begunAt: answer.length,
      cost: entry.begin(node, request),
      watched: new WatchedCall(node.name, total.signal, this.#deadlines, this.#patience.firstTokenMs),
      splice: answer.splice(mayReplay),
      tellsUsage,
      holdsCalls: call.goesOn !== false,
    });
  }

  /** Notes why an attempt failed, and what that says of its node. */
  #fail(open: OpenCall, plan: Plan, attempt: Attempt, cause: unknown): FreshetError {
    const error = toFreshetError(attempt.reasonOf(cause));
    attempt.fail(error);
    if (error.code === "cancelled") return error;
    const { answer, call, failures, coolWaitMs } = open;
    failures.push(error);
    const { node, state } = attempt.turn;
    if (answer.length > attempt.begunAt) plan.proceed(node.id);
    const blocked = state.unavailable(attempt.request.model);
    const isLimited = error.code === "rate_limited" && blocked?.cause === "cooling";
    const cooling = isLimited ? blocked.until : Infinity;
    if (cooling - this.#options.clock.now() <= coolWaitMs) plan.retry(node.id);
    this.#log.warn("An attempt failed", { node: node.name, code: error.code, error: error.message });
    if (error.code === "unreachable") {
      this.#options.catalog.observe(call.principal, node.id, { status: "offline", reason: error.message });
    }
    return error;
  }

  #end({ entry }: OpenCall, attempt: Attempt): void {
    attempt.close();
    entry.end(attempt.cost);
    this.scheduler.look();
  }

  /** Whether another node is to be asked after a failure. */
  #mayGoOn({ answer, call, total }: OpenCall, plan: Plan, { code }: FreshetError): boolean {
    if (total.signal.aborted || plan.next() === null) return false;
    if (!answer.hasBegun) return isWorthAnotherNode(code);
    return call.goesOn !== false && answer.canGoOn && isWorthAnotherNode(code);
  }
}

/** What a generator returns, whatever it yields before. */
async function last<T>(generator: AsyncGenerator<unknown, T, undefined>): Promise<T> {
  for (;;) {
    const { done, value } = await generator.next();
    if (done) return value;
  }
}
