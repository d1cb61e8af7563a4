import {
  type ApiKeyOptions,
  type ApiKeyView,
  BUDGET_PERIODS,
  type BudgetPeriod,
  type Budgets,
  NANO,
} from "../../shared/mod.ts";

/** A budget as a form holds it: what was typed, empty for any amount. */
export interface BudgetDraft {
  dollars: string;
  tokens: string;
}

/** What may be chosen for a key, as a form holds it: a limit is what was typed, empty for none. */
export interface KeyDraft {
  requestsPerMinute: string;
  tokensPerMinute: string;
  continuesAnswers: boolean;
  /** The last day of UTC, such as "2026-11-30"; empty for no end. */
  lastDay: string;
  budgets: Record<BudgetPeriod, BudgetDraft>;
}

const DAY_MS = 86_400_000;

/** What a form begins with. */
export function keyDraft(
  { requestsPerMinute, tokensPerMinute, continuesAnswers = false, expiresAt, budgets }: Partial<ApiKeyView> =
    {},
): KeyDraft {
  const budget = (period: BudgetPeriod): BudgetDraft => {
    const { costNano, tokens } = budgets?.[period] ?? {};
    return { dollars: costNano ? String(costNano / NANO) : "", tokens: tokens ? String(tokens) : "" };
  };
  return {
    requestsPerMinute: requestsPerMinute ? String(requestsPerMinute) : "",
    tokensPerMinute: tokensPerMinute ? String(tokensPerMinute) : "",
    continuesAnswers,
    lastDay: lastDayOf(expiresAt),
    budgets: { day: budget("day"), month: budget("month"), total: budget("total") },
  };
}

/**
 * What is sent of it; an empty field takes the limit away. The browser sees to it that they are numbers. An end of `current`
 * that was not chosen by the day stays what it is while its day does.
 */
export function optionsOfDraft(
  { requestsPerMinute, tokensPerMinute, continuesAnswers, lastDay, budgets }: KeyDraft,
  current: Pick<ApiKeyView, "expiresAt"> = {},
): Required<ApiKeyOptions> {
  const isKept = current.expiresAt !== undefined && lastDayOf(current.expiresAt) === lastDay;
  const chosen: Budgets = {};
  for (const period of BUDGET_PERIODS) {
    const { dollars, tokens } = budgets[period];
    chosen[period] = { costNano: Math.round(Number(dollars) * NANO), tokens: Number(tokens) };
  }
  return {
    requestsPerMinute: Number(requestsPerMinute),
    tokensPerMinute: Number(tokensPerMinute),
    continuesAnswers,
    expiresAt: isKept ? current.expiresAt ?? 0 : lastDay === "" ? 0 : Date.parse(lastDay) + DAY_MS,
    budgets: chosen,
  };
}

/** The day of UTC that a key works on last. */
function lastDayOf(expiresAt: number | undefined): string {
  return expiresAt ? new Date(expiresAt - 1).toISOString().slice(0, 10) : "";
}
