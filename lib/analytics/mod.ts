/** The ledger: one row for each model call, with its attempts. */
export { type Attempt, type CallSource, Ledger, type LedgerRow } from "./ledger.ts";
