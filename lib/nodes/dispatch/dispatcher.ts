import {
  type ChatDelta,
  type EmbeddingResult,
  estimateTokens,
  FreshetError,
  type ProviderKind,
  toFreshetError,
} from "../../shared/mod.ts";
import type { Clock, Log } from "../../host/mod.ts";
import type { AdmissionControl, Principal } from "../../access/mod.ts";
import type { Ledger } from "../../analytics/mod.ts";
import type { Continuation, Provider, RawEvents } from "../../providers/mod.ts";
import type { Aliases } from "../aliases.ts";
import { type ModelCatalog, providerOf } from "../catalog.ts";
import { Affinity, conversationOf } from "../choice/affinity.ts";
import type { Option } from "../choice/option.ts";
import { isWorthAnotherNode } from "../choice/worth.ts";
import { Routes } from "../choice/routes.ts";
import type { NodeMonitor } from "../health/monitor.ts";
import { type QueuePosition, Scheduler } from "../queue/scheduler.ts";
import type { NodeRegistry } from "../registry.ts";
import { ActiveCalls } from "./active_calls.ts";
import { AnswerSoFar } from "./answer_so_far.ts";
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
import { LedgerEntry } from "./ledger_entry.ts";
import { Plan } from "./plan.ts";
import { TotalDeadline } from "./total_deadline.ts";
import { estimatePrompt } from "./usage_meter.ts";
import { WatchedCall } from "./watched_call.ts";

const HOSTED_ROOM = 4;
/** ms that a person's call waits for the only node there is, when that asked to be left alone. */
const COOL_WAIT_MS = 30_000;
/** A program is told at once, with the time to wait: it has tries of its own. */
const API_COOL_WAIT_MS = 300;

/** What a dispatcher needs. */
export interface DispatcherOptions {
  aliases: Aliases;
  registry: NodeRegistry;
  catalog: ModelCatalog;
  monitor: NodeMonitor;
  providers: ReadonlyMap<ProviderKind, Provider>;
  ledger: Ledger;
  clock: Clock;
  log: Log;
  patience?: Partial<Patience> | undefined;
  /** Who may call now, and how much; everybody where absent. */
  limits?: AdmissionControl | undefined;
  /** Calls that may wait for a turn at the same time. */
  queueMax?: number | undefined;
}

/** What belongs to one call while it is under way. */
interface Dispatch {
  call: ModelCall;
  entry: LedgerEntry;
  total: TotalDeadline;
  answer: AnswerSoFar;
  conversation: string;
  /** How the attempts before this one failed. */
  failures: FreshetError[];
  /** The node that was asked last. */
  before: string;
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
  readonly #log: Log;

  constructor(options: DispatcherOptions) {
    this.#options = options;
    this.#patience = { ...DEFAULT_PATIENCE, ...options.patience };
    this.#deadlines = new Deadlines(options.clock);
    this.scheduler = new Scheduler(options.clock, options.queueMax);
    this.#affinity = new Affinity(() => options.clock.now());
    this.#routes = new Routes(options);
    this.#log = options.log.of("nodes");
  }

  /**
   * Streams an answer. Until the first delta a failing node is replaced by the next, at most twice for each model of a chain;
   * after it, another node that holds the model goes on from where the answer stands, unless that is not safe or not wished.
   * Ends with `finish` and `usage`. Throws a `FreshetError`; ending the iteration early ends the upstream request.
   */
  async *dispatch(call: ModelCall): AsyncGenerator<DispatchEvent, void, undefined> {
    const { principal, request } = call;
    // Before anything is begun: a call that is refused leaves no row.
    const admission = await this.#options.limits?.begin(
      principal,
      () => estimatePrompt(request),
      request.maxTokens,
    );
    const dispatch = this.#open(call);
    const { answer, entry, total } = dispatch;
    try {
      const routes = await this.#routes.of(call.principal, call.request.model, call);
      const plan = new Plan(routes, answer, (option, model) => this.#continuation(option, model));
      for (;;) {
        const attempt = yield* this.#begin(dispatch, plan);
        try {
          yield attempt.event;
          // One loop for all there is to do with a token: each further generator would cost as much as all of it.
          for await (const delta of await this.#chat(call, attempt)) {
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
          this.#affinity.set(dispatch.conversation, attempt.turn.node.id);
          if (entry.hasSum(attempt.cost)) yield { type: "usage", usage: entry.sum() };
          return entry.complete();
        } catch (cause) {
          const error = toFreshetError(attempt.reasonOf(cause));
          this.#fail(dispatch, plan, attempt, error);
          if (this.#mayGoOn(dispatch, plan, error)) continue;
          if (answer.hasBegun && entry.hasSum(attempt.cost)) yield { type: "usage", usage: entry.sum() };
          throw error;
        } finally {
          attempt.close();
          entry.end(attempt.cost);
          this.scheduler.look();
        }
      }
    } catch (cause) {
      const error = toFreshetError(total.reasonOf(cause));
      entry.fail(error);
      throw error;
    } finally {
      total.close();
      this.active.end(principal.profileId, request.model);
      const row = entry.row(principal, request.model, call.source);
      this.#options.ledger.record(row);
      admission?.settle(row.usage.totalTokens);
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
    const { principal, model, source } = call;
    const tokens = () => call.input.reduce((sum, text) => sum + estimateTokens(text), 0);
    const admission = await this.#options.limits?.begin(principal, tokens, 0);
    const chat: ModelCall = { ...call, request: { model, messages: [] } };
    const dispatch = this.#open(chat);
    const { entry, total } = dispatch;
    try {
      const routes = await this.#routes.of(principal, model, {});
      const plan = new Plan(routes, dispatch.answer, () => "none");
      for (;;) {
        const attempt = await last(this.#begin(dispatch, plan));
        try {
          const result = await this.#embed(call, attempt);
          attempt.complete();
          entry.complete(result.usage);
          return result;
        } catch (cause) {
          const error = toFreshetError(attempt.reasonOf(cause));
          this.#fail(dispatch, plan, attempt, error);
          if (!this.#mayGoOn(dispatch, plan, error)) throw error;
        } finally {
          attempt.close();
          entry.end(attempt.cost);
          this.scheduler.look();
        }
      }
    } catch (cause) {
      const error = toFreshetError(total.reasonOf(cause));
      entry.fail(error);
      throw error;
    } finally {
      total.close();
      this.active.end(principal.profileId, model);
      const row = entry.row(principal, model, source);
      this.#options.ledger.record(row);
      admission?.settle(row.usage.totalTokens);
    }
  }

  #open(call: ModelCall): Dispatch {
    const { clock } = this.#options;
    this.active.begin(call.principal.profileId, call.request.model);
    return {
      call,
      entry: new LedgerEntry(clock),
      total: new TotalDeadline(call.signal, this.#deadlines, this.#patience.totalMs),
      answer: new AnswerSoFar(call.request),
      conversation: conversationOf(call.source, call.request, tenantOf(call.principal)),
      failures: [],
      before: "",
    };
  }

  /** Waits for a turn at the best node that is left, and begins there. Throws the last failure where none is left. */
  async *#begin(dispatch: Dispatch, plan: Plan): AsyncGenerator<QueuePosition, Attempt, undefined> {
    const { call, answer, conversation, entry, failures, total } = dispatch;
    const { clock } = this.#options;
    const route = plan.next();
    if (!route) throw failures.at(-1) ?? new FreshetError("unavailable", "No node is left to ask");
    const { model } = route;
    const askedAt = clock.now();
    const turn = yield* this.scheduler.take({
      callId: entry.id,
      profileId: call.principal.profileId,
      tenant: tenantOf(call.principal),
      source: call.source.type,
      model,
      options: route.options,
      coolWaitMs: coolWaitOf(call),
      stickyId: this.#affinity.nodeOf(conversation),
      reload: async () => plan.left(route, await this.#routes.options(call.principal, model, call)),
      signal: total.signal,
    });
    const { node } = turn;
    plan.try(node.id);
    const mayReplay = this.#continuation(turn, model) === "unsure";
    const request = answer.request(model, mayReplay);
    const tellsUsage = !entry.hasCost;
    const isContinued = answer.hasText;
    const failed = failures.at(-1);
    const reason = failed ? `${dispatch.before} failed (${failed.message}); ${turn.reason}` : turn.reason;
    dispatch.before = node.name;
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
      decision: this.decisions.add(call.principal.profileId, {
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

  async #chat(
    { principal, raw }: ModelCall,
    { request, turn, signal }: Attempt,
  ): Promise<AsyncIterable<ChatDelta | RawEvents>> {
    const { registry, providers } = this.#options;
    const endpoint = await registry.endpoint(principal, turn.node.id);
    const provider = providerOf(providers, turn.node.kind);
    const passed = raw && provider.pass?.(endpoint, request, { ...raw, signal });
    return passed ?? provider.chat(endpoint, request, signal);
  }

  async #embed(call: EmbeddingCall, { request, turn, signal }: Attempt): Promise<EmbeddingResult> {
    const { registry, providers } = this.#options;
    const endpoint = await registry.endpoint(call.principal, turn.node.id);
    const { dimensions, input } = call;
    const wanted = { model: request.model, input, ...(dimensions === undefined ? {} : { dimensions }) };
    return await providerOf(providers, turn.node.kind).embed(endpoint, wanted, signal);
  }

  #continuation({ node }: Pick<Option, "node">, model: string): Continuation {
    const info = node.models.find(({ id }) => id === model);
    if (!info) return "none";
    // A server continues answers whatever its key is.
    const endpoint = { nodeId: node.id, baseUrl: node.baseUrl };
    return providerOf(this.#options.providers, node.kind).continuation(endpoint, info);
  }

  #fail({ answer, call, failures }: Dispatch, plan: Plan, attempt: Attempt, error: FreshetError): void {
    attempt.fail(error);
    if (error.code === "cancelled") return;
    failures.push(error);
    const { node, state } = attempt.turn;
    if (answer.length > attempt.begunAt) plan.proceed(node.id);
    const blocked = state.unavailable(attempt.request.model);
    const isLimited = error.code === "rate_limited" && blocked?.cause === "cooling";
    const cooling = isLimited ? blocked.until : Infinity;
    if (cooling - this.#options.clock.now() <= coolWaitOf(call)) plan.retry(node.id);
    this.#log.warn("An attempt failed", { node: node.name, code: error.code, error: error.message });
    if (error.code !== "unreachable") return;
    this.#options.catalog.observe(call.principal, node.id, { status: "offline", reason: error.message });
  }

  /** Whether another node is to be asked after a failure. */
  #mayGoOn({ answer, call, total }: Dispatch, plan: Plan, { code }: FreshetError): boolean {
    if (total.signal.aborted || plan.next() === null) return false;
    if (!answer.hasBegun) return isWorthAnotherNode(code);
    return call.goesOn !== false && answer.canGoOn && isWorthAnotherNode(code);
  }
}

/** Turns are shared fairly between the people and the keys that ask. */
function tenantOf({ keyId, profileId }: Principal): string {
  return keyId === undefined ? `profile ${profileId}` : `key ${keyId}`;
}

function coolWaitOf({ source }: ModelCall): number {
  return source.type === "api" ? API_COOL_WAIT_MS : COOL_WAIT_MS;
}

/** What a generator returns, whatever it yields before. */
async function last<T>(generator: AsyncGenerator<unknown, T, undefined>): Promise<T> {
  for (;;) {
    const { done, value } = await generator.next();
    if (done) return value;
  }
}
