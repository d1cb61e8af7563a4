import type { ModelUse } from "../shared/mod.ts";
import type { LedgerRow } from "../analytics/mod.ts";
import type { Clock } from "../host/mod.ts";
import type { Principal } from "../access/mod.ts";

const ROWS = 2_000;
const FRESH_MS = 10_000;
/** Shorter answers say nothing about the speed. */
const TOKENS_MIN = 8;

/** Where the rows of calls are read. */
export interface CallRows {
  /** The latest calls of the profile, newest first. */
  latest(principal: Principal, limit: number): Promise<Pick<LedgerRow, UsedFields>[]>;
}

type UsedFields = "model" | "at" | "outcome" | "usage" | "durationMs" | "firstTokenMs";

/** What the latest calls tell of each model; read at most every ten seconds. */
export class ModelUses {
  readonly #rows: CallRows;
  readonly #clock: Clock;
  readonly #known = new Map<string, { at: number; uses: Promise<Map<string, ModelUse>> }>();

  constructor(rows: CallRows, clock: Clock) {
    this.#rows = rows;
    this.#clock = clock;
  }

  /** Drops what is known, so that the next one reads anew. */
  forget(): void {
    this.#known.clear();
  }

  /** By the model's id. */
  of(principal: Principal): Promise<Map<string, ModelUse>> {
    const known = this.#known.get(principal.profileId);
    const now = this.#clock.now();
    if (known && now - known.at < FRESH_MS) return known.uses;
    const uses = this.#rows.latest(principal, ROWS).then(usesOf);
    this.#known.set(principal.profileId, { at: now, uses });
    // What could not be read is asked for again by the next one.
    uses.catch(() => this.#known.delete(principal.profileId));
    return uses;
  }
}

/** Rows, newest first, summed up by model. */
export function usesOf(rows: readonly Pick<LedgerRow, UsedFields>[]): Map<string, ModelUse> {
  const uses = new Map<string, ModelUse>();
  for (const [model, calls] of Map.groupBy(rows, ({ model }) => model)) {
    const measured = calls.filter(({ outcome, usage, durationMs, firstTokenMs }) =>
      outcome === "complete" && firstTokenMs !== undefined && usage.completionTokens >= TOKENS_MIN &&
      durationMs > firstTokenMs
    );
    const tokens = measured.reduce((sum, { usage }) => sum + usage.completionTokens, 0);
    const ms = measured.reduce((sum, row) => sum + row.durationMs - (row.firstTokenMs ?? 0), 0);
    uses.set(model, {
      calls: calls.length,
      lastUsedAt: Math.max(...calls.map(({ at }) => at)),
      tokensPerSecond: ms > 0 ? tokens * 1_000 / ms : null,
    });
  }
  return uses;
}
