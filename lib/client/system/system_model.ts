import { batch, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import {
  RANGE_TIMES,
  SYSTEM_FIGURES,
  type SystemAlert,
  type SystemHistory,
  type SystemRange,
  type SystemSample,
  type SystemView,
} from "../../shared/mod.ts";
import type { SystemApi } from "./system_api.ts";

/** What a `SystemModel` begins with. */
export interface SystemModelOptions {
  view: SystemView;
  history: SystemHistory;
  api: Pick<SystemApi, "history">;
}

/** The machine on the page: as it is, and what it did in the range that is shown. */
export class SystemModel {
  readonly #api: Pick<SystemApi, "history">;
  readonly #view: Signal<SystemView>;
  readonly #history: Signal<SystemHistory>;
  readonly #version = signal(0);
  readonly #isLoading = signal(false);
  /** How many samples are in the last point. */
  #count = 1;
  #asked = 0;

  constructor({ view, history, api }: SystemModelOptions) {
    this.#api = api;
    this.#view = signal(view);
    this.#history = signal(history);
  }

  get view(): ReadonlySignal<SystemView> {
    return this.#view;
  }

  get history(): ReadonlySignal<SystemHistory> {
    return this.#history;
  }

  /** Counts the changes of what is drawn. */
  get version(): ReadonlySignal<number> {
    return this.#version;
  }

  get isLoading(): ReadonlySignal<boolean> {
    return this.#isLoading;
  }

  /** Takes a sample as it comes. */
  beat(beat: { sample: SystemSample; state: SystemView["state"]; alerts: SystemAlert[] }): void {
    batch(() => {
      this.#view.value = beat;
      this.#append(beat.sample);
      this.#version.value++;
    });
  }

  /** Shows another range, or the same one anew. Of several that were asked for, the last is shown. */
  async show(range: SystemRange): Promise<void> {
    const asked = ++this.#asked;
    this.#isLoading.value = true;
    try {
      const history = await this.#api.history(range);
      if (asked !== this.#asked) return;
      batch(() => {
        this.#history.value = history;
        this.#count = 1;
        this.#version.value++;
      });
    } finally {
      if (asked === this.#asked) this.#isLoading.value = false;
    }
  }

  /** A sample belongs to the last point, or begins a new one. */
  #append(sample: SystemSample): void {
    const { range, stepMs, points } = this.#history.peek();
    const at = Math.floor(sample.at / stepMs) * stepMs;
    const last = points.at(-1);
    const oldest = sample.at - RANGE_TIMES[range].spanMs;
    const isSame = last?.at === at;
    const point = isSame ? this.#joined(last, sample) : { ...sample, at };
    this.#count = isSame ? this.#count + 1 : 1;
    const before = isSame ? points.slice(0, -1) : points;
    this.#history.value = { range, stepMs, points: [...before.filter((one) => one.at > oldest), point] };
  }

  #joined(point: SystemSample, sample: SystemSample): SystemSample {
    const joined = { ...point };
    for (const figure of SYSTEM_FIGURES) {
      const [mean, value] = [point[figure], sample[figure]];
      if (value === null) continue;
      joined[figure] = mean === null ? value : mean + (value - mean) / (this.#count + 1);
    }
    return joined;
  }
}
