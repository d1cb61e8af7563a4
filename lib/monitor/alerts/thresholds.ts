import { z } from "zod";
import { ALERT_FIGURES, type Threshold } from "../../shared/mod.ts";
import { houseOf, type Principal } from "../../access/mod.ts";
import { keys, recordType, type Store } from "../../store/mod.ts";

const FOR_MAX_SECONDS = 3_600;

/** The thresholds as they are set: at most one for each figure. */
export const thresholdsSchema = z.strictObject({
  thresholds: z.array(z.strictObject({
    figure: z.enum(ALERT_FIGURES),
    above: z.number().min(1).max(100),
    forSeconds: z.int().min(0).max(FOR_MAX_SECONDS),
    enabled: z.boolean(),
  })).max(ALERT_FIGURES.length).refine(
    (all) => new Set(all.map(({ figure }) => figure)).size === all.length,
    "There is more than one threshold for a figure",
  ),
}).meta({ id: "SystemThresholds", description: "Percent, and for how long without a break" });

/** What is offered where nobody has set anything; none of it is on. */
export const DEFAULT_THRESHOLDS: readonly Threshold[] = [
  { figure: "cpu", above: 95, forSeconds: 300, enabled: false },
  { figure: "memory", above: 90, forSeconds: 60, enabled: false },
  { figure: "disk", above: 95, forSeconds: 60, enabled: false },
  { figure: "gpu", above: 98, forSeconds: 600, enabled: false },
  { figure: "gpuMemory", above: 95, forSeconds: 60, enabled: false },
];

const THRESHOLDS = recordType<Threshold[]>("thresholds of a machine");

/** The thresholds of all profiles: in the store, and in memory for every sample. */
export class Thresholds {
  readonly #store: Store;
  readonly #all = new Map<string, readonly Threshold[]>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** Reads those of all profiles. */
  async load(): Promise<void> {
    const stored = this.#store.list(THRESHOLDS, { prefix: keys.allSystemThresholds() });
    for await (const { key, value } of stored) this.#all.set(String(key[1]), value);
  }

  /** One for each figure, in their order. */
  async list(principal: Principal): Promise<Threshold[]> {
    const { profileId } = houseOf(principal);
    const stored = await this.#store.get(THRESHOLDS, keys.systemThresholds(profileId));
    return completed(stored?.value ?? []);
  }

  /** Keeps these; figures that are not named go back to what is offered. */
  async set(principal: Principal, thresholds: readonly Threshold[]): Promise<Threshold[]> {
    const { profileId } = houseOf(principal);
    const all = completed(thresholds);
    await this.#store.kv.set(keys.systemThresholds(profileId), this.#store.encode(THRESHOLDS, all));
    this.#all.set(profileId, all);
    return all;
  }

  /** The profiles that have set any, with theirs. */
  entries(): Iterable<[profileId: string, thresholds: readonly Threshold[]]> {
    return this.#all.entries();
  }
}

function completed(own: readonly Threshold[]): Threshold[] {
  return DEFAULT_THRESHOLDS.map((offered) => own.find(({ figure }) => figure === offered.figure) ?? offered);
}
