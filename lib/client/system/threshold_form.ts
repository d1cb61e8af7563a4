import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { ALERT_FIGURES, type AlertFigure, FreshetError, type Threshold } from "../../shared/mod.ts";
import type { SystemApi } from "./system_api.ts";

/** What is warned about, while it is edited. */
export class ThresholdForm {
  readonly draft: Signal<readonly Threshold[]>;
  readonly #api: Pick<SystemApi, "setThresholds">;
  readonly #isSaving = signal(false);
  readonly #problem = signal<string | null>(null);

  constructor(thresholds: readonly Threshold[], api: Pick<SystemApi, "setThresholds">) {
    this.draft = signal(thresholds);
    this.#api = api;
  }

  get isSaving(): ReadonlySignal<boolean> {
    return this.#isSaving;
  }

  /** Why it was not saved. */
  get problem(): ReadonlySignal<string | null> {
    return this.#problem;
  }

  change(figure: AlertFigure, changes: Partial<Threshold>): void {
    this.draft.value = this.draft.peek().map((one) => one.figure === figure ? { ...one, ...changes } : one);
  }

  /** Saves; true where that succeeded. */
  async save(): Promise<boolean> {
    this.#isSaving.value = true;
    this.#problem.value = null;
    try {
      this.draft.value = await this.#api.setThresholds(this.draft.peek());
      return true;
    } catch (error) {
      if (!(error instanceof FreshetError)) throw error;
      this.#problem.value = error.message;
      return false;
    } finally {
      this.#isSaving.value = false;
    }
  }
}

/** The thresholds of a posted form: `cpu.above`, `cpu.forSeconds`, and `cpu.enabled` where that is ticked. */
export function thresholdsOf(form: URLSearchParams): Threshold[] {
  return ALERT_FIGURES.map((figure) => ({
    figure,
    above: Number(form.get(`${figure}.above`)),
    forSeconds: Number(form.get(`${figure}.forSeconds`)),
    enabled: form.has(`${figure}.enabled`),
  }));
}
