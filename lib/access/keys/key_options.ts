import {
  type ApiKeyOptions,
  BUDGET_PERIODS,
  type Budgets,
  FreshetError,
  type RateLimits,
} from "../../shared/mod.ts";
import type { ApiKeyRecord } from "../../store/mod.ts";

type Chosen = { [Name in keyof Omit<ApiKeyOptions, "continuesAnswers">]: ApiKeyOptions[Name] | undefined };

/** What is kept of what was chosen for a key: 0 and absent mean the same, and only the latter is kept. */
export function keptOptions(
  { requestsPerMinute, tokensPerMinute, expiresAt, budgets }: Chosen,
): RateLimits & Pick<ApiKeyRecord, "expiresAt" | "budgets"> {
  const kept = keptBudgets(budgets);
  return {
    ...(requestsPerMinute ? { requestsPerMinute } : {}),
    ...(tokensPerMinute ? { tokensPerMinute } : {}),
    ...(expiresAt ? { expiresAt } : {}),
    ...(kept ? { budgets: kept } : {}),
  };
}

/** Whether a key has an end, a limit or a budget. */
export function isLimited(
  { requestsPerMinute, tokensPerMinute, expiresAt, budgets }: Omit<ApiKeyOptions, "continuesAnswers">,
): boolean {
  return [requestsPerMinute, tokensPerMinute, expiresAt, budgets].some(Boolean);
}

/** The error for a key after its end. */
export function keyExpired(expiresAt: number): FreshetError {
  const date = new Date(expiresAt).toISOString().slice(0, 16).replace("T", " ");
  return new FreshetError("unauthorized", `This API key expired on ${date} UTC`, {
    hint: "Make a new one in Settings, or give it a later date",
  });
}

function keptBudgets(budgets: Budgets | undefined): Budgets | undefined {
  const kept: Budgets = {};
  for (const period of BUDGET_PERIODS) {
    const { costNano = 0, tokens = 0 } = budgets?.[period] ?? {};
    if (costNano === 0 && tokens === 0) continue;
    kept[period] = { ...(costNano ? { costNano } : {}), ...(tokens ? { tokens } : {}) };
  }
  return Object.keys(kept).length > 0 ? kept : undefined;
}
