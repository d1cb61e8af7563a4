import { clausesOf } from "./clauses.ts";
import { HANDLERS } from "./follow_up_handlers.ts";
import type { ProjectSpec } from "./spec.ts";
import type { Step } from "./step.ts";

/** What a request leads to. */
export interface FollowUp {
  spec: ProjectSpec;
  did: string[];
  already: string[];
  /** Wishes that no rule covers, in the person's words. */
  unknown: string[];
  title: string;
}

/** Changes a specification as a request asks. What is not understood is told and changes nothing. */
export function followUp(before: ProjectSpec, request: string): FollowUp {
  const result: FollowUp = { spec: before, did: [], already: [], unknown: [], title: "" };
  for (const clause of clausesOf(request)) {
    const steps = stepsFor(result.spec, clause);
    if (steps.length === 0) result.unknown.push(clause);
    for (const { spec, did, already, title } of steps) {
      result.spec = spec;
      if (did) result.did.push(did);
      if (already) result.already.push(already);
      if (did) result.title ||= title;
    }
  }
  return result;
}

function stepsFor(spec: ProjectSpec, clause: string): Step[] {
  for (const handler of HANDLERS) {
    const steps = handler(spec, clause);
    if (steps.length > 0) return steps;
  }
  return [];
}
