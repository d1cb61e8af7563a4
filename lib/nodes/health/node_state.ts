import type { FreshetError } from "../../shared/mod.ts";
import { Activity } from "./activity.ts";
import { Breaker } from "./breaker.ts";
import { Latency } from "./latency.ts";
import { NodeLog } from "./node_log.ts";

/** ms in which a node that has just come back gets up to its full share. */
const RAMP_MS = 10_000;
const STARTS_HALF_LIFE_MS = 10_000;
const RAMP_FIRST = 0.1;
/** ms for which a node that refuses our key is asked last. */
const MISCONFIGURED_MS = 60_000;
const COOL_DOWN_MS = 2_000;
/** A server may not send us away for longer than this. */
const COOL_DOWN_MAX_MS = 600_000;

/** Why a node is not asked, and until when. */
export interface Unavailable {
  cause: "failing" | "cooling" | "misconfigured";
  reason: string;
  /** ms since 1970. */
  until: number;
}

/** What calls and probes have shown of one node, whoever made them. */
export class NodeState {
  readonly breaker: Breaker;
  readonly latency = new Latency();
  readonly activity: Activity;
  readonly log = new NodeLog();
  readonly #now: () => number;
  /** Calls under way. */
  inFlight = 0;
  /** Calls that began, of which half is forgotten every ten seconds. */
  #starts = 0;
  #startsAt = 0;
  /** Whether it is new among the others, or back. */
  #isNew = true;
  /** Smoothed ms that a call takes; undefined where none has ended. */
  callMs: number | undefined;
  /** The last failure, in words. */
  lastFailure = "";
  /** When it answered a call last, in ms since 1970. */
  answeredAt = 0;
  /** Models that the node does not want to be asked for, as a service limits each by itself. */
  readonly #cooling = new Map<string, { until: number; reason: string }>();
  #refusedUntil = 0;
  #refusal = "";

  constructor(now: () => number, random: () => number) {
    this.#now = now;
    this.breaker = new Breaker(now, random);
    this.activity = new Activity(now);
  }

  /** Why the node should not be asked for a model now; undefined where it may. */
  unavailable(model: string): Unavailable | undefined {
    const now = this.#now();
    const cooling = this.#cooling.get(model);
    if (cooling && cooling.until > now) return { cause: "cooling", ...cooling };
    if (!this.breaker.allows) {
      return { cause: "failing", reason: this.lastFailure, until: this.breaker.retryAt };
    }
    if (this.#refusedUntil > now) {
      return { cause: "misconfigured", reason: this.#refusal, until: this.#refusedUntil };
    }
    return undefined;
  }

  /** Whether the node refuses our key. */
  get refusal(): string | undefined {
    return this.#refusedUntil > this.#now() ? this.#refusal : undefined;
  }

  /** How long the node wants to be left alone, for the model of which that is longest, in ms since 1970; 0 for none. */
  get coolingUntil(): number {
    const now = this.#now();
    for (const [model, { until }] of this.#cooling) if (until <= now) this.#cooling.delete(model);
    return Math.max(0, ...[...this.#cooling.values()].map(({ until }) => until));
  }

  /** From 0.1 to 1: how much of its weight a node gets that has come back. */
  get ramp(): number {
    const share = (this.#now() - this.breaker.closedAt) / RAMP_MS;
    return share >= 1 ? 1 : Math.max(RAMP_FIRST, share);
  }

  /** How many calls began of late: those of ten seconds ago count half. */
  recentStarts(now: number): number {
    return this.#starts * 0.5 ** ((now - this.#startsAt) / STARTS_HALF_LIFE_MS);
  }

  /** A node that is new or back counts as having begun as many as the others: it is not to make up for its absence. */
  join(starts: number): void {
    if (!this.#isNew) return;
    this.#isNew = false;
    this.#starts = Math.max(starts, this.recentStarts(this.#now()));
    this.#startsAt = this.#now();
  }

  /** A call begins. */
  begin(): void {
    this.inFlight++;
    this.#starts = this.recentStarts(this.#now()) + 1 / this.ramp;
    this.#startsAt = this.#now();
    this.activity.current.requests++;
    this.#tellBreaker(() => this.breaker.begin());
  }

  /** The first token of a call came after `ms`; a time that held the loading of a model is not given. */
  answered(ms: number | undefined): void {
    if (ms !== undefined) this.latency.add(ms);
  }

  /** A call was answered to its end in `ms`. */
  succeed(ms: number): void {
    this.inFlight--;
    this.answeredAt = this.#now();
    this.callMs = this.callMs === undefined ? ms : this.callMs + 0.2 * (ms - this.callMs);
    this.#refusedUntil = 0;
    if (this.breaker.state !== "closed") {
      this.latency.forgive();
      this.#isNew = true;
    }
    this.#tellBreaker(() => this.breaker.succeed());
  }

  /** A call ended without showing anything of the node: its caller left, or the request itself was wrong. */
  abstain(): void {
    this.inFlight--;
    this.breaker.abstain();
  }

  /** A call failed after `ms`. */
  fail(error: FreshetError, ms: number, model: string): void {
    const now = this.#now();
    this.inFlight--;
    this.activity.current.failures++;
    this.lastFailure = error.message;
    this.log.add({ at: now, type: "call", reason: error.message, durationMs: Math.round(ms) });
    switch (error.code) {
      case "rate_limited": {
        const wait = error.retryAfter === undefined ? COOL_DOWN_MS : error.retryAfter * 1000;
        const until = now + Math.min(wait, COOL_DOWN_MAX_MS);
        this.#cooling.set(model, { until, reason: error.message });
        this.log.add({ at: now, type: "cooling", until });
        return this.breaker.abstain();
      }
      case "auth":
        this.#refusal = error.message;
        this.#refusedUntil = now + MISCONFIGURED_MS;
        return this.breaker.abstain();
      case "unreachable":
      case "stalled":
      case "unavailable":
      case "upstream":
        this.latency.addFailure(ms, now);
        return this.#tellBreaker(() => this.breaker.fail(error.code === "unreachable"));
      default:
        return this.breaker.abstain();
    }
  }

  /** A probe was answered. */
  probeSucceeded(): void {
    this.#refusedUntil = 0;
    this.breaker.probeSucceeded();
  }

  /** A probe was not answered. Nobody was kept waiting, so only what is certain counts. */
  probeFailed(error: FreshetError): void {
    this.lastFailure = error.message;
    if (error.code === "auth") {
      this.#refusal = error.message;
      this.#refusedUntil = this.#now() + MISCONFIGURED_MS;
    } else if (error.code === "unreachable" && this.breaker.state === "closed") {
      this.#tellBreaker(() => this.breaker.fail(true));
    }
  }

  /** Forgets what was known, as when the node's address or key has changed; calls under way go on being counted. */
  reset(): void {
    this.breaker.reset();
    this.latency.reset();
    this.callMs = undefined;
    this.lastFailure = "";
    this.#cooling.clear();
    this.#refusedUntil = 0;
    this.log.add({ at: this.#now(), type: "reset" });
  }

  /** Enters it into the log where the breaker changes. */
  #tellBreaker(change: () => void): void {
    const before = this.breaker.state;
    change();
    const { state, retryAt } = this.breaker;
    if (state === before) return;
    const until = state === "open" ? { until: Math.round(retryAt) } : {};
    this.log.add({ at: this.#now(), type: "breaker", state, ...until });
  }
}
