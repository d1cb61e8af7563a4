import { FreshetError, toFreshetError } from "../../shared/mod.ts";
import type { Clock, Log } from "../../host/mod.ts";
import { houseOf } from "../../access/mod.ts";
import type { ModelCatalog } from "../catalog.ts";
import type { Affinity } from "../choice/affinity.ts";
import type { Routes } from "../choice/routes.ts";
import { isWorthAnotherNode } from "../choice/worth.ts";
import type { QueuePosition, Scheduler } from "../queue/scheduler.ts";
import { Attempt } from "./attempt.ts";
import type { Patience } from "./calls.ts";
import type { Deadlines } from "./deadlines.ts";
import type { DecisionLog } from "./decisions.ts";
import type { NodeCalls } from "./node_calls.ts";
import type { OpenCall } from "./open_call.ts";
import { Plan } from "./plan.ts";
import { WatchedCall } from "./watched_call.ts";

/** What the attempts at all calls share. */
export interface AttemptsOptions {
  affinity: Affinity;
  catalog: ModelCatalog;
  clock: Clock;
  deadlines: Deadlines;
  decisions: DecisionLog;
  log: Log;
  nodes: NodeCalls;
  patience: Patience;
  routes: Routes;
  scheduler: Scheduler;
}

/** The attempts at one call, one node after the other. */
export class Attempts {
  readonly #options: AttemptsOptions;
  readonly #open: OpenCall;
  readonly #plan: Plan;

  constructor(open: OpenCall, plan: Plan, options: AttemptsOptions) {
    this.#open = open;
    this.#plan = plan;
    this.#options = options;
  }

  /** Waits for a turn at the best node that is left, and begins there. Throws the last failure where none is left. */
  async *begin(): AsyncGenerator<QueuePosition, Attempt, undefined> {
    const { affinity, clock, deadlines, decisions, nodes, patience, routes, scheduler } = this.#options;
    const open = this.#open;
    const plan = this.#plan;
    const { call, answer, conversation, entry, failures, tenant, total } = open;
    const route = plan.next();
    if (!route) throw failures.at(-1) ?? new FreshetError("unavailable", "No node is left to ask");
    const { model } = route;
    const askedAt = clock.now();
    const turn = yield* scheduler.take({
      callId: entry.id,
      profileId: houseOf(call.principal).profileId,
      tenant,
      source: call.source.type,
      model,
      options: route.options,
      coolWaitMs: open.coolWaitMs,
      stickyId: affinity.nodeOf(conversation),
      reload: async () => plan.left(route, await routes.options(call.principal, model, call)),
      signal: total.signal,
    });
    const { node } = turn;
    plan.try(node.id);
    const mayReplay = nodes.continuation(turn, model) === "unsure";
    const request = answer.request(model, mayReplay);
    const tellsUsage = !entry.hasCost;
    const isContinued = answer.hasText;
    const failed = failures.at(-1);
    const reason = failed ? `${open.before} failed (${failed.message}); ${turn.reason}` : turn.reason;
    open.before = node.name;
    return new Attempt({
      clock,
      patience,
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
      decision: decisions.add(houseOf(call.principal).profileId, {
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
      watched: new WatchedCall(node.name, total.signal, deadlines, patience.firstTokenMs),
      splice: answer.splice(mayReplay),
      tellsUsage,
      holdsCalls: call.goesOn !== false,
    });
  }

  /** Notes why an attempt failed, and what that says of its node. */
  fail(attempt: Attempt, cause: unknown): FreshetError {
    const { catalog, clock, log } = this.#options;
    const plan = this.#plan;
    const error = toFreshetError(attempt.reasonOf(cause));
    attempt.fail(error);
    if (error.code === "cancelled") return error;
    const { answer, call, failures, coolWaitMs } = this.#open;
    failures.push(error);
    const { node, state } = attempt.turn;
    if (answer.length > attempt.begunAt) plan.proceed(node.id);
    const blocked = state.unavailable(attempt.request.model);
    const isLimited = error.code === "rate_limited" && blocked?.cause === "cooling";
    const cooling = isLimited ? blocked.until : Infinity;
    if (cooling - clock.now() <= coolWaitMs) plan.retry(node.id);
    log.warn("An attempt failed", { node: node.name, code: error.code, error: error.message });
    if (error.code === "unreachable") {
      catalog.observe(call.principal, node.id, { status: "offline", reason: error.message });
    }
    return error;
  }

  /** Ends an attempt, however it went; its turn is another call's now. */
  end(attempt: Attempt): void {
    attempt.close();
    this.#open.entry.end(attempt.cost);
    this.#options.scheduler.look();
  }

  /** Whether another node is to be asked after a failure. */
  mayGoOn({ code }: FreshetError): boolean {
    const { answer, call, total } = this.#open;
    if (total.signal.aborted || this.#plan.next() === null) return false;
    if (!answer.hasBegun) return isWorthAnotherNode(code);
    return call.goesOn !== false && answer.canGoOn && isWorthAnotherNode(code);
  }
}
