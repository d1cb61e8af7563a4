/** The spans of time that a budget may be for, in UTC; `total` is all the time that the key exists. */
export const BUDGET_PERIODS = ["day", "month", "total"] as const;

/** One of `BUDGET_PERIODS`. */
export type BudgetPeriod = (typeof BUDGET_PERIODS)[number];

/** How much may be spent in a period; 0 or absent for any amount. */
export interface Budget {
  /** Nano-dollars (10⁻⁹ USD), by the table of prices. */
  costNano?: number;
  /** Of prompts and answers. */
  tokens?: number;
}

/** The budgets of an API key: all of them hold. */
export type Budgets = Partial<Record<BudgetPeriod, Budget>>;

/** What was spent in a period. */
export type Spent = Required<Budget>;

/** When a period begins that `at` (ms since 1970) is in; 0 for `total`. */
export function periodStart(period: BudgetPeriod, at: number): number {
  if (period === "total") return 0;
  const date = new Date(at);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), period === "day" ? date.getUTCDate() : 1);
}

/** When the period ends, and the next one begins; Infinity for `total`. */
export function periodEnd(period: BudgetPeriod, at: number): number {
  if (period === "total") return Infinity;
  const date = new Date(at);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  return period === "day" ? Date.UTC(year, month, date.getUTCDate() + 1) : Date.UTC(year, month + 1, 1);
}
