import type { ApiKeyView, BudgetPeriod } from "../../shared/mod.ts";
import type { ApiKeyRecord } from "../../store/mod.ts";
import { type KeySpend, spentIn } from "../budgets/key_spend.ts";

/** What may be seen of a key: all but its hash, with what it has spent. */
export function viewOf(
  { profileId: _, hash: __, ...view }: ApiKeyRecord,
  spend: KeySpend | undefined,
  now: number,
): ApiKeyView {
  if (!spend && !view.budgets) return view;
  const spent = (period: BudgetPeriod) => spentIn(spend, period, now);
  return { ...view, spent: { day: spent("day"), month: spent("month"), total: spent("total") } };
}
