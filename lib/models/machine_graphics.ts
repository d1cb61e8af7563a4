import type { GpuState } from "../shared/mod.ts";
import type { Clock } from "../host/mod.ts";

/** Cards are seldom changed, and asking for them starts a program. */
const FRESH_MS = 10 * 60_000;
const GIVEN_UP_MS = 3_000;

/** How much memory the graphics cards of this machine have; asked for at most every ten minutes. */
export class MachineGraphics {
  readonly #ask: (() => Promise<GpuState[]>) | undefined;
  readonly #clock: Clock;
  #known: { at: number; bytes: Promise<number | null> } | undefined;

  /** `ask` rejects where there are no cards, or nothing that tells of them. */
  constructor(ask: (() => Promise<GpuState[]>) | undefined, clock: Clock) {
    this.#ask = ask;
    this.#clock = clock;
  }

  /** Bytes of all cards together, over which servers spread a model; null where none is known, or nothing answers in 3 s. */
  async memory(): Promise<number | null> {
    const ask = this.#ask;
    if (!ask) return null;
    const now = this.#clock.now();
    if (!this.#known || now - this.#known.at > FRESH_MS) {
      this.#known = { at: now, bytes: ask().then(memoryOf, () => null) };
    }
    const late = Promise.withResolvers<null>();
    const cancel = this.#clock.after(GIVEN_UP_MS, () => late.resolve(null));
    try {
      return await Promise.race([this.#known.bytes, late.promise]);
    } finally {
      cancel();
    }
  }
}

function memoryOf(cards: readonly GpuState[]): number | null {
  return cards.reduce((sum, { memoryTotal }) => sum + (memoryTotal ?? 0), 0) || null;
}
