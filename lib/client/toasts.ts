import { type ReadonlySignal, signal } from "@preact/signals";
import type { FreshetError, SystemAlert } from "../shared/mod.ts";
import type { Translate } from "../shared/texts/mod.ts";
import type { Clock } from "./clock.ts";

/** A short message that goes away by itself. */
export interface Toast {
  id: number;
  kind: "info" | "success" | "warning" | "error";
  message: string;
  hint?: string;
  /** One thing that can be done about it, such as undoing. */
  action?: { label: string; run: () => void };
}

/** So long (ms) a toast stays; longer where there is something to read or to press. */
const STAY_MS = 5000;
const STAY_LONG_MS = 10_000;
/** More at once would cover the page. */
const MOST = 4;

/** The toasts that are shown, oldest first. */
export class Toasts {
  readonly #list = signal<readonly Toast[]>([]);
  readonly #timers = new Map<number, () => void>();
  readonly #clock: Clock;
  #lastId = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get list(): ReadonlySignal<readonly Toast[]> {
    return this.#list;
  }

  show(toast: Omit<Toast, "id">): number {
    const id = ++this.#lastId;
    this.#list.value = [...this.#list.value, { ...toast, id }];
    for (const old of this.#list.value.slice(0, -MOST)) this.dismiss(old.id);
    this.resume(id);
    return id;
  }

  /** Shows an error in its own words. */
  error(error: FreshetError): void {
    this.show({ kind: "error", message: error.message, ...(error.hint ? { hint: error.hint } : {}) });
  }

  /** Tells that the machine passed a threshold, or came back. */
  alert({ figure, state, value, above, host }: SystemAlert, t: Translate): void {
    this.show({
      kind: state === "cleared" ? "success" : "warning",
      message: figure === "backup" && state !== "spent"
        ? t(`alert.backup.${state}`)
        : t(`alert.${state}`, { figure: t(`alert.${figure}`), value: Math.round(value), above }),
      hint: host,
    });
  }

  dismiss(id: number): void {
    this.hold(id);
    this.#list.value = this.#list.value.filter((toast) => toast.id !== id);
  }

  /** Keeps a toast while somebody looks at it. */
  hold(id: number): void {
    this.#timers.get(id)?.();
    this.#timers.delete(id);
  }

  /** Lets a held toast go after its time. */
  resume(id: number): void {
    this.hold(id);
    const toast = this.#list.value.find((shown) => shown.id === id);
    if (!toast) return;
    const stay = toast.action || toast.kind === "error" ? STAY_LONG_MS : STAY_MS;
    this.#timers.set(id, this.#clock.after(stay, () => this.dismiss(id)));
  }
}
