import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { UsageDimension, UsagePart, UsagePulse, UsageReport } from "../../shared/mod.ts";
import type { Clock } from "../clock.ts";
import type { DashboardApi } from "./dashboard_api.ts";

/** What a `DashboardModel` needs. */
export interface DashboardModelOptions {
  report: UsageReport | null;
  pulse: UsagePulse | null;
  /** The period and the filter, as they stand in the page's address. */
  query: string;
  /** By what the parts are told apart at first, with those that the page came with. */
  dimension: UsageDimension;
  parts: readonly UsagePart[] | null;
  api: Pick<DashboardApi, "report" | "parts">;
  clock: Clock;
  onError(error: unknown): void;
}

/** Figures that change all the time are fetched no more often than this. */
const RELOAD_MS = 3_000;

/** What the dashboard shows: the figures of a period, kept fresh while new calls come in. */
export class DashboardModel {
  readonly #options: DashboardModelOptions;
  readonly #report: Signal<UsageReport | null>;
  readonly #pulse: Signal<UsagePulse | null>;
  readonly #dimension: Signal<UsageDimension>;
  readonly #parts: Signal<readonly UsagePart[] | null>;
  readonly #isLoading = signal(false);
  #revision: string | undefined;
  #loadedAt: number;
  #cancelReload: (() => void) | undefined;
  #asked = 0;

  constructor(options: DashboardModelOptions) {
    this.#options = options;
    this.#report = signal(options.report);
    this.#pulse = signal(options.pulse);
    this.#dimension = signal(options.dimension);
    this.#parts = signal(options.parts);
    this.#revision = options.pulse?.revision;
    this.#loadedAt = options.clock.now();
  }

  get report(): ReadonlySignal<UsageReport | null> {
    return this.#report;
  }

  get pulse(): ReadonlySignal<UsagePulse | null> {
    return this.#pulse;
  }

  /** By what the parts are told apart. */
  get dimension(): ReadonlySignal<UsageDimension> {
    return this.#dimension;
  }

  /** The parts by that dimension; null while they are fetched. */
  get parts(): ReadonlySignal<readonly UsagePart[] | null> {
    return this.#parts;
  }

  get isLoading(): ReadonlySignal<boolean> {
    return this.#isLoading;
  }

  /** Takes what happens now; where there are new calls, the figures are fetched again soon. */
  take(pulse: UsagePulse): void {
    this.#pulse.value = pulse;
    if (pulse.revision === this.#revision || this.#cancelReload) return;
    this.#revision = pulse.revision;
    const { clock, onError } = this.#options;
    const wait = Math.max(0, this.#loadedAt + RELOAD_MS - clock.now());
    this.#cancelReload = clock.after(wait, () => {
      this.#cancelReload = undefined;
      this.reload().catch(onError);
    });
  }

  /** Fetches the figures again. */
  async reload(): Promise<void> {
    const { api, clock, query } = this.#options;
    this.#loadedAt = clock.now();
    this.#isLoading.value = true;
    try {
      const report = await api.report(query);
      this.#report.value = report;
      await this.choose(this.#dimension.peek());
    } finally {
      this.#isLoading.value = false;
    }
  }

  /** Tells the parts apart by something else. Chats and projects are many, and fetched when they are asked for. */
  async choose(dimension: UsageDimension): Promise<void> {
    const asked = ++this.#asked;
    const known = this.#report.peek()?.parts[dimension];
    const isOther = dimension !== this.#dimension.peek();
    this.#dimension.value = dimension;
    if (known || isOther) this.#parts.value = known ?? null;
    if (known) return;
    const { api, query, onError } = this.#options;
    try {
      const parts = await api.parts(dimension, query);
      if (asked === this.#asked) this.#parts.value = parts;
    } catch (error) {
      if (asked === this.#asked) this.#parts.value = [];
      onError(error);
    }
  }

  /** Fetches nothing any more. */
  stop(): void {
    this.#cancelReload?.();
    this.#cancelReload = undefined;
  }
}
