import { BUDGET_PERIODS, type Budgets, type SystemAlert } from "../../shared/mod.ts";
import type { Clock, Log } from "../../host/mod.ts";
import { keys, type Store } from "../../store/mod.ts";
import type { Principal } from "../principal.ts";
import { type BudgetError, budgetSpent } from "./budget_error.ts";
import { KEY_SPEND, type KeyBooking, type KeySpend, spentIn } from "./key_spend.ts";

/** What the budgets need. */
export interface KeyBudgetsOptions {
  store: Store;
  clock: Clock;
  log: Log;
  /** Where the budgets of keys that were shown to this process are looked up, in memory. */
  keys: { budgetsOf(keyId: string): { name: string; budgets: Budgets } | undefined };
  /** Told once when 80 % of a budget are spent, and once more when all of it is. */
  onAlert?: (profileId: string, alert: SystemAlert) => void;
}

/** A sum as far as it is known; without a version it is not in the store yet. */
interface Known {
  profileId: string;
  sum: KeySpend | undefined;
  versionstamp: string;
  askedAt: number;
  loading: Promise<void> | undefined;
}

const UNITS = ["costNano", "tokens"] as const;
/** Percent of a budget that are told of. */
const STEPS = [80, 100];
/** How often instances that share a store look what the others have spent. */
const LOOK_MS = 1_000;
/** So long (ms) after its last call a key is looked after. */
const IDLE_MS = 60_000;

/**
 * Refuses what keys ask of models when one of their budgets is spent. What they have spent is what the ledger has booked: the
 * sums are in the commits of its rows, so nothing is lost or counted twice, and what is kept here is a copy. A call counts when
 * it is booked, 0.2 s after its end; those that are under way by then are not ended, and may go beyond the budget together.
 * Other instances' calls are known a second later.
 */
export class KeyBudgets {
  readonly #options: KeyBudgetsOptions;
  readonly #log: Log;
  readonly #known = new Map<string, Known>();
  #stopLooking: (() => void) | undefined;
  #looking: Promise<void> | undefined;
  #isFailing = false;
  #isClosed = false;

  constructor(options: KeyBudgetsOptions) {
    this.#options = options;
    this.#log = options.log.of("limits");
  }

  /** Throws a `BudgetError` where the principal's key has spent a budget. Returns a promise only for the first call of a key. */
  check({ keyId, profileId }: Pick<Principal, "keyId" | "profileId">): void | Promise<void> {
    if (keyId === undefined) return;
    const entry = this.#options.keys.budgetsOf(keyId);
    if (!entry) return;
    const known = this.#known.get(keyId) ?? this.#open(profileId, keyId);
    if (known.loading) return known.loading.then(() => this.#judge(known, entry.budgets));
    this.#judge(known, entry.budgets);
  }

  /** Takes what the ledger has booked. */
  booked(bookings: readonly KeyBooking[]): void {
    for (const booking of bookings) {
      const known = this.#known.get(booking.keyId);
      if (known) adopt(known, booking.sum, booking.versionstamp);
      const entry = this.#options.keys.budgetsOf(booking.keyId);
      if (entry) this.#tell(booking, entry);
    }
  }

  /** Ends the timer. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#stopLooking?.();
    await this.#looking;
    for (const { loading } of this.#known.values()) await loading;
  }

  #judge(known: Known, budgets: Budgets): void {
    const now = known.askedAt = this.#options.clock.now();
    let refusal: BudgetError | undefined;
    for (const period of BUDGET_PERIODS) {
      const budget = budgets[period];
      if (!budget) continue;
      const spent = spentIn(known.sum, period, now);
      for (const unit of UNITS) {
        const limit = budget[unit] ?? 0;
        // Periods come from the shortest on: of several reasons, the one that lasts longest is told.
        if (limit > 0 && spent[unit] >= limit) {
          refusal = budgetSpent(period, { unit, limit, spent: spent[unit], now });
        }
      }
    }
    if (refusal) throw refusal;
  }

  #tell(
    { profileId, added, sum }: KeyBooking,
    { name, budgets }: { name: string; budgets: Budgets },
  ): void {
    const now = this.#options.clock.now();
    for (const period of BUDGET_PERIODS) {
      const [spent, came] = [spentIn(sum, period, now), spentIn(added, period, now)];
      for (const unit of UNITS) {
        const limit = budgets[period]?.[unit] ?? 0;
        if (limit === 0) continue;
        const percent = (value: number) => value / limit * 100;
        const above = STEPS.findLast((step) =>
          percent(spent[unit]) >= step && percent(spent[unit] - came[unit]) < step
        );
        if (above === undefined) continue;
        const value = percent(spent[unit]);
        this.#log.warn("A budget of an API key is nearly or wholly spent", {
          key: name,
          period,
          unit,
          value,
        });
        this.#options.onAlert?.(profileId, {
          figure: "budget",
          state: "spent",
          value,
          above,
          at: now,
          host: name,
        });
      }
    }
  }

  #open(profileId: string, keyId: string): Known {
    const known: Known = {
      profileId,
      sum: undefined,
      versionstamp: "",
      askedAt: this.#options.clock.now(),
      loading: undefined,
    };
    this.#known.set(keyId, known);
    known.loading = this.#load(keyId, known);
    if (this.#options.store.shared && !this.#isClosed) {
      this.#stopLooking ??= this.#options.clock.every(LOOK_MS, () => void this.#look());
    }
    return known;
  }

  /** A store that cannot be read is no reason to turn everybody away; the next call tries again. */
  async #load(keyId: string, known: Known): Promise<void> {
    try {
      await this.#read([[keyId, known]]);
    } catch (error) {
      this.#log.warn("What an API key has spent cannot be read: its budget is not kept for now", { error });
      this.#known.delete(keyId);
    } finally {
      known.loading = undefined;
    }
  }

  async #look(): Promise<void> {
    if (this.#looking) return;
    const now = this.#options.clock.now();
    for (const [id, { askedAt, loading }] of this.#known) {
      if (!loading && now - askedAt >= IDLE_MS) this.#known.delete(id);
    }
    if (this.#known.size === 0) {
      this.#stopLooking?.();
      this.#stopLooking = undefined;
      return;
    }
    this.#looking = this.#read([...this.#known]).then(
      () => void (this.#isFailing = false),
      (error) => {
        if (!this.#isFailing) this.#log.warn("What API keys have spent cannot be read", { error });
        this.#isFailing = true;
      },
    ).finally(() => this.#looking = undefined);
    await this.#looking;
  }

  async #read(entries: readonly [string, Known][]): Promise<void> {
    const { store } = this.#options;
    const found = await store.getMany(
      KEY_SPEND,
      entries.map(([keyId, { profileId }]) => keys.apiKeySpend(profileId, keyId)),
    );
    for (const [i, [, known]] of entries.entries()) {
      const stored = found[i];
      if (stored) adopt(known, stored.value, stored.versionstamp);
    }
  }
}

/** Whether any budget limits anything. */
export function hasBudget(budgets: Budgets | undefined): budgets is Budgets {
  return BUDGET_PERIODS.some((period) => budgets?.[period]?.costNano || budgets?.[period]?.tokens);
}

/** What was read may be older than what the ledger has told meanwhile. */
function adopt(known: Known, sum: KeySpend, versionstamp: string): void {
  if (versionstamp <= known.versionstamp) return;
  known.sum = sum;
  known.versionstamp = versionstamp;
}
