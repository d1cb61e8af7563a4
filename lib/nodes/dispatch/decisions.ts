import type { NodeDecision } from "../../shared/mod.ts";

const DECISIONS_MAX = 500;

/** The last 500 decisions of the process, profile by profile. */
export class DecisionLog {
  readonly #profiles = new Map<string, NodeDecision[]>();

  /** Enters a decision, whose outcome is set on it later. */
  add(profileId: string, decision: NodeDecision): NodeDecision {
    const decisions = this.#profiles.get(profileId) ?? [];
    this.#profiles.set(profileId, decisions);
    decisions.push(decision);
    if (decisions.length > DECISIONS_MAX) decisions.splice(0, decisions.length - DECISIONS_MAX);
    return decision;
  }

  /** The latest decisions of a profile, newest first; of one node where it is named. */
  latest(profileId: string, limit: number, nodeId?: string): NodeDecision[] {
    const decisions = this.#profiles.get(profileId) ?? [];
    const found: NodeDecision[] = [];
    for (let i = decisions.length - 1; i >= 0 && found.length < limit; i--) {
      const decision = decisions[i];
      if (decision && (nodeId === undefined || decision.nodeId === nodeId)) found.push(decision);
    }
    return found;
  }
}
