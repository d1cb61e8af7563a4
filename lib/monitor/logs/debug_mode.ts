import { DEBUG_MAX_MINUTES, DEBUG_MINUTES, type DebugState } from "../../shared/mod.ts";
import type { Clock } from "../../host/mod.ts";

const MINUTE_MS = 60_000;

/** Whether requests and responses are logged: only after somebody has switched it on, and never for long. */
export class DebugMode {
  readonly #clock: Clock;
  readonly #onChange: (state: DebugState) => void;
  #until: number | null = null;
  #cancel: (() => void) | undefined;
  /** A plain field, so that asking costs nothing on the path of a request. */
  isOn = false;

  constructor(clock: Clock, onChange: (state: DebugState) => void = () => {}) {
    this.#clock = clock;
    this.#onChange = onChange;
  }

  get state(): DebugState {
    return { on: this.isOn, until: this.#until };
  }

  /** Switches it on for so many minutes from now, 60 at most; 0 switches it off. */
  set(minutes: number = DEBUG_MINUTES): DebugState {
    this.#cancel?.();
    this.#cancel = undefined;
    const ms = Math.min(minutes, DEBUG_MAX_MINUTES) * MINUTE_MS;
    this.isOn = ms > 0;
    this.#until = this.isOn ? this.#clock.now() + ms : null;
    if (this.isOn) this.#cancel = this.#clock.after(ms, () => this.set(0));
    this.#onChange(this.state);
    return this.state;
  }

  /** Calls off the end of it that is still to come. */
  close(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.isOn = false;
  }
}
