import { FreshetError, type NodeView, type QueuedCall } from "../../shared/mod.ts";
import type { Clock } from "../../host/mod.ts";
import { type Choice, choose, hasRoom, type Wish } from "../choice/choose.ts";
import type { Option } from "../choice/option.ts";
import type { NodeState } from "../health/node_state.ts";
import { type Entry, FairQueue } from "./fair_queue.ts";

/** Calls that may wait at the same time unless told otherwise. */
const QUEUE_MAX = 256;
const LOOK_MS = 250;
/** How often who waits is told that only others came or left. */
const NEWS_OF_OTHERS_MS = 1_000;
/** Of a call whose duration nobody knows yet. */
const CALL_MS = 5_000;

/** A call that wants a turn at one of several nodes. */
export interface TurnRequest {
  callId: string;
  profileId: string;
  /** Who asks: turns are shared fairly between tenants. */
  tenant: string;
  /** What asks, in one word. */
  source: string;
  model: string;
  /** The nodes that may be asked. */
  options: readonly Option[];
  /** The node that holds the conversation's prompt. */
  stickyId?: string | undefined;
  /** ms that the call waits for a node which asked to be left alone, where no other is there. */
  coolWaitMs: number;
  /** The nodes again, where they have changed since. */
  reload: () => Promise<readonly Option[]>;
  signal: AbortSignal;
}

/** A turn at a node: the call under way counts there until it is reported to `state`. */
export interface Turn {
  type: "turn";
  node: NodeView;
  state: NodeState;
  reason: string;
}

/** Where a waiting call stands; 1 is next. */
export interface QueuePosition {
  type: "queue";
  position: number;
  /** How many wait in all. */
  waiting: number;
  expectedMs: number;
}

interface Waiter {
  request: TurnRequest;
  options: readonly Option[];
  /** What the call has not taken notice of yet. */
  news: Turn | QueuePosition | undefined;
  failure: unknown;
  /** What the call was told last, and when. */
  told: { position: number; waiting: number; at: number };
  since: number;
  wake: () => void;
}

/** Gives out the turns of all nodes: at once where one is free, else fairly, in a bounded queue. */
export class Scheduler {
  readonly #clock: Clock;
  readonly #max: number;
  readonly #queue = new FairQueue<Waiter>();
  #stopLooking: (() => void) | undefined;

  constructor(clock: Clock, max = QUEUE_MAX) {
    this.#clock = clock;
    this.#max = max;
  }

  /** How many calls wait. */
  get waiting(): number {
    return this.#queue.size;
  }

  /** How many calls wait that could go to a node. */
  waitingFor(nodeId: string): number {
    return this.#queue.inOrder().filter(({ value }) => value.options.some(({ node }) => node.id === nodeId))
      .length;
  }

  /**
   * Yields where the call stands in the queue, and returns its turn. Throws `rate_limited` with `retryAfter` where too many wait
   * already or the nodes want to be left alone, and the signal's reason when that is aborted.
   */
  async *take(request: TurnRequest): AsyncGenerator<QueuePosition, Turn, undefined> {
    request.signal.throwIfAborted();
    const turn = this.#queue.size === 0 ? this.#start(request, request.options) : null;
    if (turn) return turn;
    const waiter: Waiter = {
      request,
      options: request.options,
      news: undefined,
      failure: undefined,
      told: { position: 0, waiting: 0, at: 0 },
      since: this.#clock.now(),
      wake: () => {},
    };
    const entry = { tenant: request.tenant, value: waiter };
    this.#admit(entry);
    const leave = () => {
      waiter.failure = request.signal.reason;
      waiter.wake();
    };
    request.signal.addEventListener("abort", leave, { once: true });
    let isHandedOver = false;
    try {
      for (;;) {
        const { failure, news } = waiter;
        if (failure !== undefined) throw failure;
        waiter.news = undefined;
        if (news?.type === "turn") {
          isHandedOver = true;
          return news;
        }
        if (news) yield news;
        else await new Promise<void>((resolve) => waiter.wake = resolve);
      }
    } finally {
      request.signal.removeEventListener("abort", leave);
      this.#queue.remove(entry);
      // A turn that came at the same time as the call left goes to the next.
      if (!isHandedOver && waiter.news?.type === "turn") {
        waiter.news.state.abstain();
        this.look();
      }
    }
  }

  /** The calls of a profile that wait, next first. */
  queued(profileId: string): QueuedCall[] {
    const now = this.#clock.now();
    return this.#queue.inOrder().flatMap(({ value }, i) => {
      const { callId, model, profileId: owner, source } = value.request;
      if (owner !== profileId) return [];
      const position = i + 1;
      const expectedMs = this.#expectedMs(position, value);
      const waiting = this.#queue.size;
      return [{ callId, source, model, position, waiting, waitedMs: now - value.since, expectedMs }];
    });
  }

  /** Takes a call of a profile out of the queue; false where it does not wait there. */
  cancel(profileId: string, callId: string): boolean {
    const entry = this.#queue.inOrder().find(({ value: { request } }) =>
      request.profileId === profileId && request.callId === callId
    );
    if (!entry) return false;
    this.#queue.remove(entry);
    entry.value.failure = new FreshetError("cancelled", "The call was taken out of the queue");
    entry.value.wake();
    return true;
  }

  /** Gives out turns that have become free. */
  look(): void {
    while (this.#queue.size > 0 && this.#queue.next((waiter) => this.#offer(waiter)));
    if (this.#queue.size > 0) return;
    this.#stopLooking?.();
    this.#stopLooking = undefined;
  }

  /** Looks again after nodes were changed. */
  async reload(): Promise<void> {
    await Promise.all(
      this.#queue.inOrder().map(async ({ value }) => {
        value.options = await value.request.reload();
      }),
    );
    this.look();
  }

  #admit(entry: Entry<Waiter>): void {
    if (this.#queue.size >= this.#max) {
      const evicted = this.#queue.newestOfLargest();
      const isFair = evicted && this.#queue.sizeOf(entry.tenant) + 1 < this.#queue.sizeOf(evicted.tenant);
      if (!isFair) throw this.#full(entry.value);
      this.#queue.remove(evicted);
      evicted.value.failure = this.#full(evicted.value);
      evicted.value.wake();
    }
    this.#queue.add(entry);
    this.#stopLooking ??= this.#clock.every(LOOK_MS, () => {
      this.look();
      this.#tell();
    });
    // It may be free to go where those before it are not.
    this.look();
    this.#tell();
  }

  #full(waiter: Waiter): FreshetError {
    const seconds = Math.ceil(this.#expectedMs(this.#queue.size, waiter) / 1000);
    return new FreshetError(
      "rate_limited",
      `All nodes are busy, and ${this.#queue.size} calls wait already`,
      {
        retryAfter: Math.max(1, seconds),
        hint: "Try again later, add a node, or raise the nodes' concurrency",
      },
    );
  }

  #offer(waiter: Waiter): boolean {
    if (waiter.failure !== undefined) return false;
    try {
      const turn = this.#start(waiter.request, waiter.options);
      if (!turn) return false;
      waiter.news = turn;
    } catch (error) {
      waiter.failure = error;
    }
    waiter.wake();
    return true;
  }

  /** Tells all that wait where they stand, where that has changed; of those behind them they hear now and then. */
  #tell(): void {
    const at = this.#clock.now();
    const waiting = this.#queue.size;
    for (const [i, { value }] of this.#queue.inOrder().entries()) {
      const position = i + 1;
      const { told } = value;
      const isSame = told.position === position;
      if (isSame && (told.waiting === waiting || at - told.at < NEWS_OF_OTHERS_MS)) continue;
      value.told = { position, waiting, at };
      value.news = { type: "queue", position, waiting, expectedMs: this.#expectedMs(position, value) };
      value.wake();
    }
  }

  #expectedMs(position: number, { options }: Waiter): number {
    const turns = options.reduce((sum, { node }) => sum + Math.max(1, node.concurrency), 0);
    const durations = options.map(({ state }) => state.callMs ?? CALL_MS);
    const mean = durations.reduce((sum, ms) => sum + ms, 0) / Math.max(1, durations.length);
    return Math.round(position * mean / Math.max(1, turns));
  }

  #start({ coolWaitMs, model, stickyId }: TurnRequest, options: readonly Option[]): Turn | null {
    if (options.length === 0) {
      throw new FreshetError("unavailable", `The nodes with the model ${model} were taken away`);
    }
    const now = this.#clock.now();
    const available = options.filter(({ state }) => state.unavailable(model) === undefined);
    const choice = available.length > 0
      ? choose(available, { model, now, stickyId })
      : this.#lastResort(options, { model, now }, coolWaitMs);
    if (!choice) return null;
    choice.state.begin();
    return { type: "turn", node: choice.node, state: choice.state, reason: choice.reason };
  }

  /** No node is well: one that asked to be left alone is waited for, else one that fails is tried. */
  #lastResort(options: readonly Option[], wish: Wish, coolWaitMs: number): Choice | null {
    const { model, now } = wish;
    const blocked = options.flatMap((option) => {
      const why = option.state.unavailable(model);
      return why ? [{ ...option, ...why }] : [];
    }).sort((a, b) => a.until - b.until);
    const cooling = blocked.find(({ cause }) => cause === "cooling");
    if (cooling && cooling.until - now <= coolWaitMs) return null;
    const failing = blocked.filter(({ cause }) => cause !== "cooling");
    if (failing.length === 0 && cooling) {
      const message = `${cooling.node.name} asked to be left alone for a while (${cooling.reason})`;
      throw new FreshetError("rate_limited", message, {
        retryAfter: Math.ceil((cooling.until - now) / 1000),
      });
    }
    const soonest = failing.find(hasRoom);
    const choice = soonest ? choose([soonest], wish) : null;
    return choice && { ...choice, reason: "no other node is left, though this one fails" };
  }
}
