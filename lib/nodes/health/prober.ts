import { type NodeInfo, type ProviderKind, toFreshetError } from "../../shared/mod.ts";
import type { Clock, Log } from "../../host/mod.ts";
import type { Principal } from "../../access/mod.ts";
import type { Provider } from "../../providers/mod.ts";
import { type ModelCatalog, providerOf } from "../catalog.ts";
import type { NodeRegistry } from "../registry.ts";
import type { NodeMonitor } from "./monitor.ts";
import type { Asked } from "./node_log.ts";
import type { NodeState } from "./node_state.ts";

const LOOK_MS = 500;
const JITTER = 0.2;
const PROBE_TIMEOUT_MS = 5_000;
/** ms between probes: nodes at home are cheap to ask, and their return is waited for; services are asked seldom. */
const PERIODS = {
  local: { well: 15_000, unwell: 1_500, unwellMax: 5_000 },
  hosted: { well: 300_000, unwell: 15_000, unwellMax: 120_000 },
};

/** What a prober needs. */
export interface ProberOptions {
  registry: NodeRegistry;
  catalog: ModelCatalog;
  monitor: NodeMonitor;
  providers: ReadonlyMap<ProviderKind, Provider>;
  clock: Clock;
  log: Log;
  /** Told when a node is well again, so that who waits can go there. */
  onReturn: () => void;
  /** Numbers from 0 to 1, for jitter. */
  random: () => number;
}

interface Watched {
  principal: Principal;
  /** ms since 1970. */
  nextAt: number;
  failures: number;
  isAsking: boolean;
  /** What the log says of the last probe. */
  asked: Asked | undefined;
}

/**
 * Asks the nodes of the profiles that are in use whether they answer, by the cheapest call of their protocol, with jitter, and
 * with back-off where they do not. A node that has just answered a call is not asked.
 */
export class Prober {
  readonly #options: ProberOptions;
  readonly #log: Log;
  readonly #profiles = new Map<string, Principal>();
  readonly #watched = new Map<string, Watched>();
  readonly #closing = new AbortController();
  readonly #asking = new Set<Promise<void>>();
  #stop: (() => void) | undefined;
  #isLooking = false;

  constructor(options: ProberOptions) {
    this.#options = options;
    this.#log = options.log.of("nodes");
  }

  /** Begins to look after the nodes of a profile. */
  watch(principal: Principal): void {
    if (this.#profiles.has(principal.profileId) || this.#closing.signal.aborted) return;
    this.#profiles.set(principal.profileId, principal);
    this.#stop ??= this.#options.clock.every(LOOK_MS, () => void this.#look());
  }

  /** When a node is asked next, in ms since 1970; null where it is not. */
  nextAt({ id, enabled }: Pick<NodeInfo, "id" | "enabled">): number | null {
    return enabled ? this.#watched.get(id)?.nextAt ?? null : null;
  }

  /** Ends all probes. */
  async close(): Promise<void> {
    this.#stop?.();
    this.#closing.abort();
    await Promise.allSettled(this.#asking);
  }

  async #look(): Promise<void> {
    if (this.#isLooking) return;
    this.#isLooking = true;
    try {
      for (const principal of this.#profiles.values()) {
        for (const node of await this.#options.registry.list(principal)) this.#consider(principal, node);
      }
    } catch (error) {
      this.#log.error("Cannot look after the nodes", { error });
    } finally {
      this.#isLooking = false;
    }
  }

  #consider(principal: Principal, node: NodeInfo): void {
    if (!node.enabled || node.kind === "sketch" || this.#closing.signal.aborted) return;
    const { clock, monitor, random } = this.#options;
    const now = clock.now();
    const state = monitor.of(node.id);
    let watched = this.#watched.get(node.id);
    if (!watched) {
      // Not all at the same moment after a start.
      const nextAt = now + random() * periodOf(node, state, 0);
      this.#watched.set(
        node.id,
        watched = { principal, nextAt, failures: 0, isAsking: false, asked: undefined },
      );
    }
    const isWell = isWellNow(state);
    const due = isWell
      ? watched.nextAt
      : Math.min(watched.nextAt, now + periodOf(node, state, watched.failures));
    watched.nextAt = due;
    if (watched.isAsking || due > now) return;
    if (isWell && now - state.answeredAt < periodOf(node, state, 0)) {
      watched.nextAt = state.answeredAt + periodOf(node, state, 0);
      return;
    }
    watched.isAsking = true;
    const asking = this.#ask(node, state, watched).finally(() => {
      this.#asking.delete(asking);
      watched.isAsking = false;
      const jitter = 1 + JITTER * (2 * random() - 1);
      watched.nextAt = Math.round(clock.now() + periodOf(node, state, watched.failures) * jitter);
      if (watched.asked) watched.asked.nextAt = watched.nextAt;
    });
    this.#asking.add(asking);
  }

  /** Asks a node; what came of it is entered into the log before what follows from it. */
  async #ask(node: NodeInfo, state: NodeState, watched: Watched): Promise<void> {
    const { catalog, clock, onReturn, providers, registry } = this.#options;
    const controller = new AbortController();
    const cancel = clock.after(PROBE_TIMEOUT_MS, () => controller.abort());
    const signal = AbortSignal.any([controller.signal, this.#closing.signal]);
    const wasWell = isWellNow(state);
    const startedAt = clock.now();
    const note = (isAnswered: boolean, reason: string) => {
      const at = clock.now();
      watched.asked = state.log.ask({
        at,
        type: "probe",
        isAnswered,
        reason,
        durationMs: Math.round(at - startedAt),
      });
    };
    try {
      const endpoint = await registry.endpoint(watched.principal, node.id);
      await providerOf(providers, node.kind).probe(endpoint, signal);
      watched.failures = 0;
      note(true, "It answers");
      state.probeSucceeded();
      const latencyMs = clock.now() - startedAt;
      catalog.observe(watched.principal, node.id, { status: "healthy", reason: "It answers", latencyMs });
      if (!wasWell) {
        this.#log.info("A node answers again", { node: node.name });
        onReturn();
      }
    } catch (cause) {
      if (this.#closing.signal.aborted) return;
      watched.failures++;
      const error = toFreshetError(cause);
      const isLate = controller.signal.aborted;
      const reason = isLate ? "It does not answer" : error.message;
      note(false, reason);
      if (isLate) state.lastFailure = reason;
      else state.probeFailed(error);
      // A server that is busy may be slow to answer a probe; calls show whether it works.
      const status = error.code === "auth" ? "warning" : isLate && state.inFlight > 0 ? "warning" : "offline";
      catalog.observe(watched.principal, node.id, { status, reason });
    } finally {
      cancel();
    }
  }
}

function isWellNow({ breaker, refusal }: NodeState): boolean {
  return breaker.state === "closed" && refusal === undefined;
}

function periodOf({ local }: NodeInfo, state: NodeState, failures: number): number {
  const { well, unwell, unwellMax } = local ? PERIODS.local : PERIODS.hosted;
  if (isWellNow(state) && failures === 0) return well;
  return Math.min(unwellMax, unwell * 2 ** Math.max(0, failures - 1));
}
