import type { ErrorCode, Outcome, Usage } from "../shared/mod.ts";
import { recordType } from "../store/mod.ts";

/** What asked for a model call. */
export type CallSource =
  | { type: "chat"; chatId: string; messageId: string; runId: string }
  | { type: "title"; chatId: string }
  | { type: "project"; projectId: string; versionId: string; runId: string }
  | { type: "automation"; automationId: string; firingId: string }
  | { type: "benchmark"; benchmarkId: string }
  | { type: "api"; endpoint: string };

/** One try to bring a call to a node. */
export interface Attempt {
  nodeId: string;
  nodeName: string;
  /** The model that was asked: of an alias, one of its chain. Absent where it is the call's. */
  model?: string;
  /** Whether the node is on this machine or in the local network; absent in rows of before there were prices. */
  local?: boolean;
  /** ms since 1970. */
  startedAt: number;
  durationMs: number;
  firstTokenMs?: number;
  outcome: Outcome;
  error?: ErrorCode;
  /** What the attempt cost; absent where the node did not begin to work. */
  usage?: Usage;
  /** Nano-dollars; absent where nothing was used, or where no price is known. */
  costNano?: number;
}

/** A model call as it is told to the ledger. */
export interface CallRecord {
  id: string;
  profileId: string;
  keyId?: string;
  /** ms since 1970. */
  at: number;
  source: CallSource;
  model: string;
  attempts: Attempt[];
  outcome: Outcome;
  error?: ErrorCode;
  /** Of all attempts together. */
  usage: Usage;
  durationMs: number;
  firstTokenMs?: number;
}

/** One model call with all its attempts, and what they cost. */
export interface LedgerRow extends CallRecord {
  /** Nano-dollars (10⁻⁹ USD), the sum over the attempts. */
  costNano: number;
  /** The version of the price table that it was billed with; 0 in rows of before there were prices. */
  priceVersion: number;
}

/** How rows are kept. */
export const LEDGER_ROW = recordType<LedgerRow>("ledger row", 2, {
  1: (row: CallRecord): LedgerRow => ({ ...row, costNano: 0, priceVersion: 0 }),
});
