/** How much of the models an API key may use in a day, in a month and in all. */
export { BudgetError } from "./budget_error.ts";
export { hasBudget, KeyBudgets, type KeyBudgetsOptions } from "./key_budgets.ts";
export { addSpend, KEY_SPEND, type KeyBooking, type KeySpend, noSpend, spentIn } from "./key_spend.ts";
