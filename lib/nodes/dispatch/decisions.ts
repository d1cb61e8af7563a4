import type { ErrorCode, Outcome } from "../../shared/mod.ts";
import type { CallSource } from "../../analytics/mod.ts";

const DECISIONS_MAX = 500;

/** Why a call went to a node, and what came of it. */
export interface Decision {
  /** Of the call, which its attempts share; the id of its row in the ledger. */
  callId: string;
  /** ms since 1970. */
  at: number;
  source: CallSource["type"];
  model: string;
  nodeId: string;
  nodeName: string;
  /** In words. */
  reason: string;
  /** 1 for the first node that was asked. */
  attempt: number;
  /** ms that the call had waited for its turn. */
  waitedMs: number;
  /** True where the node went on with an answer that another one had begun. */
  isContinued: boolean;
  /** Absent while the call is under way. */
  outcome?: Outcome;
  error?: { code: ErrorCode; message: string };
  firstTokenMs?: number;
  durationMs?: number;
  completionTokens?: number;
}

/** The last 500 decisions of the process, profile by profile. */
export class DecisionLog {
  readonly #profiles = new Map<string, Decision[]>();

  /** Enters a decision, whose outcome is set on it later. */
  add(profileId: string, decision: Decision): Decision {
    const decisions = this.#profiles.get(profileId) ?? [];
    this.#profiles.set(profileId, decisions);
    decisions.push(decision);
    if (decisions.length > DECISIONS_MAX) decisions.splice(0, decisions.length - DECISIONS_MAX);
    return decision;
  }

  /** The latest decisions of a profile, newest first; of one node where it is named. */
  latest(profileId: string, limit: number, nodeId?: string): Decision[] {
    const decisions = this.#profiles.get(profileId) ?? [];
    const found: Decision[] = [];
    for (let i = decisions.length - 1; i >= 0 && found.length < limit; i--) {
      const decision = decisions[i];
      if (decision && (nodeId === undefined || decision.nodeId === nodeId)) found.push(decision);
    }
    return found;
  }
}
