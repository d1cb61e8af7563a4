import { type BudgetPeriod, periodStart, type Spent } from "../../shared/mod.ts";
import { recordType } from "../../store/mod.ts";

/** What was spent since a moment, in ms since 1970. */
interface SpentSince extends Spent {
  at: number;
}

/** What an API key has spent: in the latest day and month in which it was used, and in all. */
export interface KeySpend {
  day: SpentSince;
  month: SpentSince;
  total: Spent;
}

/** What the ledger has booked of a key with one commit. */
export interface KeyBooking {
  profileId: string;
  keyId: string;
  /** What came with the commit. */
  added: KeySpend;
  /** The sum with it. */
  sum: KeySpend;
  /** Of the sum; later ones are greater. */
  versionstamp: string;
}

/** How sums are kept. */
export const KEY_SPEND = recordType<KeySpend>("API key's spending");

/** The sum of a key that was never used. */
export function noSpend(): KeySpend {
  return {
    day: { at: 0, costNano: 0, tokens: 0 },
    month: { at: 0, costNano: 0, tokens: 0 },
    total: { costNano: 0, tokens: 0 },
  };
}

/** Adds a call to a sum. One that began in a period before the latest counts in all only. */
export function addSpend(sum: KeySpend, at: number, { costNano, tokens }: Spent): void {
  for (const period of ["day", "month"] as const) {
    const start = periodStart(period, at);
    if (start > sum[period].at) sum[period] = { at: start, costNano: 0, tokens: 0 };
    if (start < sum[period].at) continue;
    sum[period].costNano += costNano;
    sum[period].tokens += tokens;
  }
  sum.total.costNano += costNano;
  sum.total.tokens += tokens;
}

/** What was spent in the period that it is now. Where another instance's clock is in the next one already, that counts. */
export function spentIn(sum: KeySpend | undefined, period: BudgetPeriod, now: number): Spent {
  if (!sum) return { costNano: 0, tokens: 0 };
  if (period !== "total" && sum[period].at < periodStart(period, now)) return { costNano: 0, tokens: 0 };
  const { costNano, tokens } = sum[period];
  return { costNano, tokens };
}
