import { Ledger, Metrics, Prices, rebuildWhereOld, UsageReports } from "../../analytics/mod.ts";
import type { Access } from "./access.ts";
import type { Foundation } from "./foundation.ts";

/** What calls of models were, and what they cost. */
export interface AnalyticsServices {
  ledger: Ledger;
  prices: Prices;
  usage: UsageReports;
  metrics: Metrics;
}

/** The same, with what only the other services are made of. */
export interface Analytics extends AnalyticsServices {
  rebuild: Rebuild;
}

/** Sums up the ledgers of all profiles where their sums are of an old shape, one time after the other. */
export interface Rebuild {
  /** Begins behind those that are under way; what fails is logged. */
  begin(): void;
  /** Waits for all that were begun. */
  settled(): Promise<void>;
}

/** Makes the ledger and what reads it. */
export function createAnalytics(
  foundation: Foundation,
  { profiles, budgets }: Pick<Access, "profiles" | "budgets">,
): Analytics {
  const { store, clock, log } = foundation;
  const prices = new Prices({ store, clock });
  const usage = new UsageReports({ store, clock, log });
  const metrics = new Metrics();
  const ledger = new Ledger({
    store,
    clock,
    log,
    prices,
    onRows: (rows) => metrics.count(rows),
    onBooked: (bookings) => budgets.booked(bookings),
  });
  return { ledger, prices, usage, metrics, rebuild: createRebuild(foundation, profiles) };
}

function createRebuild({ store, log, ending }: Foundation, profiles: Access["profiles"]): Rebuild {
  let rebuilding = Promise.resolve();
  const all = async () => {
    for (const { id } of await profiles.list()) await rebuildWhereOld(store, id, ending.signal);
  };
  return {
    begin() {
      rebuilding = rebuilding.then(all).catch((error) => {
        log.of("ledger").error("Cannot sum up the ledger", { error });
      });
    },
    settled: () => rebuilding,
  };
}
