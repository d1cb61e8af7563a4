import { type BudgetPeriod, FreshetError, NANO, periodEnd } from "../../shared/mod.ts";

const PERIODS: Record<BudgetPeriod, string> = { day: "for today", month: "for this month", total: "in all" };

/** A budget of an API key is spent. Without `retryAfter`, it does not begin anew by itself. */
export class BudgetError extends FreshetError {
  readonly period: BudgetPeriod;

  constructor(period: BudgetPeriod, message: string, details: { hint: string; retryAfter?: number }) {
    super("insufficient_quota", message, details);
    this.period = period;
  }
}

/** The error for a budget of which `spent` of `limit` is spent. */
export function budgetSpent(
  period: BudgetPeriod,
  { unit, limit, spent, now }: { unit: "costNano" | "tokens"; limit: number; spent: number; now: number },
): BudgetError {
  const amount = (value: number) => unit === "tokens" ? `${value} tokens` : `$${dollars(value)}`;
  const message = `The budget of this API key ${PERIODS[period]} is spent: ${amount(spent)} of ${
    amount(limit)
  }`;
  const end = periodEnd(period, now);
  if (end === Infinity) return new BudgetError(period, message, { hint: "Raise it in Settings" });
  const begins = new Date(end).toISOString().slice(0, 16).replace("T", " ");
  return new BudgetError(period, message, {
    hint: `It begins anew at ${begins} UTC; it can be raised in Settings`,
    retryAfter: Math.max(1, Math.ceil((end - now) / 1_000)),
  });
}

/** At least cents, and as many digits as there are. */
function dollars(nano: number): string {
  const digits = (nano / NANO).toFixed(9).replace(/0+$/, "");
  return digits.replace(/\.(\d?)$/, (_, digit: string) => `.${digit.padEnd(2, "0")}`);
}
