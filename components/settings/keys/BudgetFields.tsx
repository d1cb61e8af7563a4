import type { BudgetDraft, KeyDraft } from "../../../lib/client/settings/key_draft.ts";
import { BUDGET_PERIODS, type BudgetPeriod } from "../../../lib/shared/mod.ts";
import { useSettings } from "../context.ts";

/** In dollars, and in tokens: as whole nano-dollars both are exact. */
const MOST = { dollars: 1_000_000, tokens: 1_000_000_000_000 };

/** What may be spent in a day, in a month and in all. */
export function BudgetFields({ prefix, draft, onInput }: {
  /** Of the fields' ids. */
  prefix: string;
  draft: KeyDraft;
  onInput: (draft: KeyDraft) => void;
}) {
  const { t } = useSettings();
  const set = (period: BudgetPeriod, change: Partial<BudgetDraft>) => {
    const budgets = { ...draft.budgets, [period]: { ...draft.budgets[period], ...change } };
    onInput({ ...draft, budgets });
  };
  const field = (period: BudgetPeriod, unit: keyof BudgetDraft) => (
    <label class="budget-field">
      <span class="field__hint">{t(`keys.budget.${unit}`)}</span>
      <input
        id={`${prefix}-${period}-${unit}`}
        name={`${period}-${unit}`}
        class="field__control"
        type="number"
        min={0}
        max={MOST[unit]}
        step={unit === "dollars" ? "any" : 1}
        autocomplete="off"
        aria-label={`${t(`keys.budget.${period}`)}: ${t(`keys.budget.${unit}`)}`}
        value={draft.budgets[period][unit]}
        onInput={(event) => set(period, { [unit]: event.currentTarget.value })}
      />
    </label>
  );
  return (
    <fieldset class="field budgets" aria-describedby={`${prefix}-budgets-hint`}>
      <legend class="field__label">{t("keys.budgets")}</legend>
      {BUDGET_PERIODS.map((period) => (
        <div key={period} class="budgets__row">
          <span class="budgets__period" aria-hidden="true">{t(`keys.budget.${period}`)}</span>
          {field(period, "dollars")}
          {field(period, "tokens")}
        </div>
      ))}
      <p id={`${prefix}-budgets-hint`} class="field__hint">{t("keys.budgets.hint")}</p>
    </fieldset>
  );
}
