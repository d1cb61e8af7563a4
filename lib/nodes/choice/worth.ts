import type { ErrorCode } from "../../shared/mod.ts";

/** What goes wrong on one node and may go right on another. */
const WORTH_ANOTHER_NODE: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  "unreachable",
  "stalled",
  "upstream",
  "unavailable",
  "rate_limited",
  "auth",
  "model_not_found",
]);

/** Whether another node should be asked after this error. */
export function isWorthAnotherNode(code: ErrorCode): boolean {
  return WORTH_ANOTHER_NODE.has(code);
}
