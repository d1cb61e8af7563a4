import { formatDollars } from "../../../lib/client/dashboard/figures.ts";
import { formatCount } from "../../../lib/client/format.ts";
import { type ApiKeyView, type Budget, BUDGET_PERIODS } from "../../../lib/shared/mod.ts";
import { useSettings } from "../context.ts";

const UNITS = ["costNano", "tokens"] as const;
/** Part of a budget from which on it is nearly spent, as the notices have it. */
const NEARLY = 0.8;

/** How much of each budget of a key is spent. */
export function BudgetBars({ entry: { budgets, spent } }: { entry: Pick<ApiKeyView, "budgets" | "spent"> }) {
  const { t, language } = useSettings();
  const format = (unit: keyof Budget, value: number) => {
    if (unit === "costNano") return formatDollars(value, language);
    return t("keys.budget.count", { count: formatCount(value, language) });
  };
  const bars = BUDGET_PERIODS.flatMap((period) =>
    UNITS.flatMap((unit) => {
      const limit = budgets?.[period]?.[unit] ?? 0;
      if (limit === 0) return [];
      const used = spent?.[period][unit] ?? 0;
      const state = used >= limit ? "spent" : used >= NEARLY * limit ? "nearly" : "open";
      const values = { spent: format(unit, used), limit: format(unit, limit) };
      return [{ id: `${period} ${unit}`, period, state, part: Math.min(1, used / limit), values }];
    })
  );
  if (bars.length === 0) return null;
  return (
    <ul class="budget-bars" aria-label={t("keys.budgets")}>
      {bars.map(({ id, period, state, part, values }) => (
        <li key={id} class={`budget-bar budget-bar--${state}`}>
          <span class="budget-bar__text">
            {t(`keys.budget.${period}`)}: {t("keys.budget.used", values)}
            {state === "spent" && <strong>{t("keys.budget.spent")}</strong>}
          </span>
          <progress
            max={1}
            value={part}
            aria-label={`${t(`keys.budget.${period}`)}: ${t("keys.budget.used", values)}`}
          />
        </li>
      ))}
    </ul>
  );
}
