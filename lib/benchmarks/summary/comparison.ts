import { type ComparedSide, type Comparison, FreshetError } from "../../shared/mod.ts";
import type { BenchmarkRecord, TargetRecord } from "../record.ts";
import { meanDifference, shareDifference } from "./intervals.ts";
import { summaryOf } from "./tally.ts";

/** One model of a benchmark. */
export interface Side {
  record: BenchmarkRecord;
  target: number;
}

/** Two models beside each other, of one benchmark or of two. Throws `not_found` where a benchmark has no such model. */
export function compare(a: Side, b: Side): Comparison {
  const [left, right] = [a, b].map((side) => ({ ...sideOf(side), tally: targetOf(side).tally }));
  if (!left || !right) throw new FreshetError("not_found", "There is nothing to compare");
  const [{ tally: from, ...before }, { tally: to, ...after }] = [left, right];
  return {
    a: before,
    b: after,
    differences: {
      accuracy: shareDifference(before.summary.accuracy, after.summary.accuracy),
      success: shareDifference(before.summary.success, after.summary.success),
      firstToken: meanDifference(from.firstTokenMoments, to.firstTokenMoments),
      tokensPerSecond: meanDifference(from.speedMoments, to.speedMoments),
      duration: meanDifference(from.durationMoments, to.durationMoments),
    },
    hasSamePrompts: a.record.promptsHash === b.record.promptsHash,
  };
}

function targetOf({ record, target }: Side): TargetRecord {
  const found = record.targets[target];
  if (found) return found;
  throw new FreshetError("not_found", "The benchmark has no such model");
}

function sideOf(side: Side): ComparedSide {
  const { record } = side;
  const { model, nodeName, tally } = targetOf(side);
  return {
    benchmarkId: record.id,
    benchmarkName: record.name,
    target: side.target,
    model,
    ...(nodeName === undefined ? {} : { nodeName }),
    setId: record.setId,
    setName: record.setName,
    at: record.createdAt,
    parameters: record.parameters,
    summary: summaryOf(tally),
  };
}
