import {
  type ProfileEvent,
  type SystemAlert,
  type SystemHistory,
  type SystemRange,
  type SystemSample,
  type SystemView,
} from "../shared/mod.ts";
import { houseOf, type Principal } from "../access/mod.ts";
import type { Clock, Log } from "../host/mod.ts";
import type { Feed, Store } from "../store/mod.ts";
import { ThresholdWatch } from "./alerts/threshold_watch.ts";
import { Thresholds } from "./alerts/thresholds.ts";
import { MetricHistory } from "./history/metric_history.ts";
import type { SystemHost } from "./host/system_host.ts";
import { Sampler } from "./sampler.ts";

/** Between two samples while somebody looks, and otherwise. */
const WATCHED_MS = 2_000;
const IDLE_MS = 15_000;
/** A machine that has just started Freshet has better things to do. */
const FIRST_MS = 5_000;
/** A sample that is not older is good enough for who asks once. */
const FRESH_MS = 2_000;
/** Thresholds that another instance has set are seen after this time at the latest. */
const RELOAD_MS = 60_000;

/** What a `Monitor` needs. */
export interface MonitorOptions {
  host: SystemHost;
  store: Store;
  clock: Clock;
  log: Log;
  feed: Feed;
}

/** What the page of the machine is told with each sample. */
export interface MonitorBeat {
  sample: SystemSample;
  state: SystemView["state"];
}

/** Samples the machine that Freshet runs on, keeps what it did, and warns. */
export class Monitor {
  readonly thresholds: Thresholds;
  readonly #options: MonitorOptions;
  readonly #log: Log;
  readonly #sampler: Sampler;
  readonly #history: MetricHistory;
  readonly #watches = new Map<string, ThresholdWatch>();
  readonly #watchers = new Set<() => void>();
  #cancelTimer: (() => void) | undefined;
  #isSteady = false;
  #isClosed = false;
  #sampling: Promise<void> | undefined;
  #viewedAt = -Infinity;
  #loaded: Promise<void> | undefined;
  #reloadedAt = 0;

  constructor(options: MonitorOptions) {
    this.#options = options;
    this.#log = options.log.of("monitor");
    this.#sampler = new Sampler(options.host, options.clock);
    const { store, clock } = options;
    this.#history = new MetricHistory({ store, clock, log: this.#log, host: this.#name });
    this.thresholds = new Thresholds(store);
  }

  /** Begins to sample, whether or not anybody looks. */
  start(): void {
    this.#isSteady = true;
    this.#plan(FIRST_MS);
  }

  /** The machine as it is now. */
  async view(principal: Principal): Promise<SystemView> {
    const { clock } = this.#options;
    if (clock.now() - this.#viewedAt > FRESH_MS) await this.#sample(true);
    this.#viewedAt = clock.now();
    return {
      state: this.#sampler.state,
      sample: this.#sampler.figures(),
      alerts: this.alerts(principal),
    };
  }

  /** What is over a threshold. */
  alerts(principal: Principal): SystemAlert[] {
    return this.#watches.get(houseOf(principal).profileId)?.active ?? [];
  }

  /** What the machine did in the last hour, day or week. */
  async history(range: SystemRange): Promise<SystemHistory> {
    await this.#load();
    return this.#history.range(range);
  }

  /** A beat at once and with each sample, faster than when nobody looks. A slow reader is given the latest only. */
  async *watch(signal: AbortSignal): AsyncGenerator<MonitorBeat, void, undefined> {
    let wake = () => {};
    let isNew = false;
    const watcher = () => {
      isNew = true;
      wake();
    };
    this.#watchers.add(watcher);
    signal.addEventListener("abort", watcher, { once: true });
    try {
      await this.#sample(true);
      this.#plan(WATCHED_MS);
      while (!signal.aborted) {
        isNew = false;
        yield { sample: this.#sampler.figures(), state: this.#sampler.state };
        while (!isNew && !signal.aborted) await new Promise<void>((resolve) => wake = resolve);
      }
    } finally {
      this.#watchers.delete(watcher);
    }
  }

  /** Stores what is new and ends. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    await this.#sampling;
    await this.#loaded;
    await this.#history.save();
  }

  get #name(): string {
    return this.#options.host.identity().name;
  }

  #plan(ms: number): void {
    this.#cancelTimer?.();
    this.#cancelTimer = this.#isClosed ? undefined : this.#options.clock.after(ms, () => void this.#tick());
  }

  async #tick(): Promise<void> {
    this.#cancelTimer = undefined;
    await this.#sample(this.#watchers.size > 0);
    if (this.#cancelTimer) return;
    if (this.#watchers.size > 0) this.#plan(WATCHED_MS);
    else if (this.#isSteady) this.#plan(IDLE_MS);
  }

  /** One sample at a time, however many ask. */
  #sample(isWatched: boolean): Promise<void> {
    if (this.#isClosed) return Promise.resolve();
    this.#sampling ??= this.#take(isWatched).catch((error) => {
      this.#log.error("Cannot sample this machine", { error });
    }).finally(() => this.#sampling = undefined);
    return this.#sampling;
  }

  async #take(isWatched: boolean): Promise<void> {
    await this.#load();
    const sample = await this.#sampler.sample(isWatched);
    this.#history.add(sample);
    await this.#reloadShared();
    this.#warn(sample);
    for (const watcher of this.#watchers) watcher();
  }

  #warn(sample: SystemSample): void {
    for (const [profileId, thresholds] of this.thresholds.entries()) {
      const watch = this.#watches.get(profileId) ?? new ThresholdWatch(this.#name);
      this.#watches.set(profileId, watch);
      for (const alert of watch.check(sample, thresholds)) {
        const { figure, state, value, above } = alert;
        this.#log.warn(
          state === "raised" ? "A figure is above its threshold" : "A figure is below its threshold again",
          {
            figure,
            value,
            above,
          },
        );
        this.#options.feed.publish(profileId, { type: "system:alert", alert } satisfies ProfileEvent);
      }
    }
  }

  #load(): Promise<void> {
    if (this.#loaded) return this.#loaded;
    this.#reloadedAt = this.#options.clock.now();
    this.#loaded = Promise.all([this.#history.load(), this.thresholds.load()]).then(
      () => undefined,
      (error) => this.#log.error("Cannot read the samples of this machine", { error }),
    );
    return this.#loaded;
  }

  async #reloadShared(): Promise<void> {
    const { store, clock } = this.#options;
    if (!store.shared || clock.now() - this.#reloadedAt < RELOAD_MS) return;
    this.#reloadedAt = clock.now();
    await this.thresholds.load();
  }
}
