import type { LeaderboardRow } from "../../shared/mod.ts";
import type { BenchmarkRecord } from "../record.ts";
import { summaryOf } from "./tally.ts";

/** Which of several results of a model counts. */
export const LEADERBOARD_CHOICES = ["latest", "best"] as const;

/** One of `LEADERBOARD_CHOICES`. */
export type LeaderboardChoice = (typeof LEADERBOARD_CHOICES)[number];

/**
 * One row for each model, node and set, of those that ran whole: the latest, or the best one (by correct answers, then by
 * tokens a second). `records` are newest first.
 */
export function leaderboardOf(
  records: readonly BenchmarkRecord[],
  choice: LeaderboardChoice = "latest",
): LeaderboardRow[] {
  const rows = new Map<string, LeaderboardRow>();
  for (const record of records) {
    for (const [index, target] of record.targets.entries()) {
      if (target.total === 0 || target.tally.calls < target.total) continue;
      const row: LeaderboardRow = {
        benchmarkId: record.id,
        target: index,
        model: target.model,
        ...(target.nodeName === undefined ? {} : { nodeName: target.nodeName }),
        setId: record.setId,
        setName: record.setName,
        at: record.finishedAt ?? record.updatedAt,
        summary: summaryOf(target.tally),
        memoryBytes: target.memory.reduce<number | null>(
          (most, { bytes }) => Math.max(most ?? 0, bytes),
          null,
        ),
      };
      const key = JSON.stringify([target.model, target.nodeId ?? "", record.setId]);
      const known = rows.get(key);
      if (!known || (choice === "best" && isBetter(row, known))) rows.set(key, row);
    }
  }
  return [...rows.values()];
}

function isBetter(a: LeaderboardRow, b: LeaderboardRow): boolean {
  const [right, other] = [a.summary.accuracy?.share ?? -1, b.summary.accuracy?.share ?? -1];
  if (right !== other) return right > other;
  return (a.summary.tokensPerSecond?.mean ?? 0) > (b.summary.tokensPerSecond?.mean ?? 0);
}
