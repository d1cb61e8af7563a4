import { assert, assertEquals } from "../assert.ts";
import type { Usage } from "../../lib/shared/mod.ts";
import { localPrincipal } from "../../lib/access/mod.ts";
import type { LedgerRow } from "../../lib/analytics/mod.ts";
import { type Answer, count, type Fleet, pathOf } from "./fleet.ts";
import { scriptedText } from "./scripted_model.ts";

/** The scripted text to the character, one finish, and one usage after all else. */
export function assertWhole(answer: Answer): void {
  const told = `${answer.question}: ${pathOf(answer)}`;
  assertEquals(answer.error, undefined, told);
  assertEquals(answer.text, scriptedText(answer.question), told);
  assertEquals([count(answer, "finish"), count(answer, "usage")], [1, 1], told);
  assertEquals(answer.events.slice(-2).map(({ type }) => type), ["finish", "usage"], told);
}

/** One row for each call, with all its attempts, whose costs add up. */
export async function assertBooked({ ledger, nodes }: Fleet, answers: readonly Answer[]): Promise<void> {
  for (const { id, name } of await nodes.registry.list(localPrincipal)) {
    assertEquals(nodes.monitor.of(id).inFlight, 0, `a turn is still taken at ${name}`);
  }
  const rows = await ledger.latest(localPrincipal, 10_000);
  const byQuestion = new Map<string, LedgerRow>();
  for (const row of rows) {
    assert(row.source.type === "chat");
    assert(!byQuestion.has(row.source.chatId), `${row.source.chatId} has two rows`);
    byQuestion.set(row.source.chatId, row);
  }
  assertEquals(byQuestion.size, answers.length);
  const decisions = Map.groupBy(nodes.decisions(localPrincipal, undefined, 500), ({ callId }) => callId);
  for (const answer of answers) {
    const row = byQuestion.get(answer.question);
    assert(row, answer.question);
    const asked = answer.events.flatMap((event) => event.type === "node" ? [event.nodeName] : []);
    assertEquals(row.attempts.map(({ nodeName }) => nodeName), asked);
    assertEquals(
      row.attempts.map(({ outcome }) => outcome),
      asked.map((_, i) => i === asked.length - 1 && !answer.error ? "complete" : "failed"),
    );
    assertEquals(row.outcome, answer.error ? "failed" : "complete");
    for (const key of ["promptTokens", "completionTokens", "totalTokens"] as const) {
      const sum = row.attempts.reduce((sum, { usage }) => sum + (usage?.[key] ?? 0), 0);
      assertEquals(row.usage[key], sum, `${key} of ${pathOf(answer)}`);
    }
    const log = decisions.get(row.id);
    if (log) assertEquals(log.toReversed().map(({ attempt }) => attempt).at(-1), asked.length);
    const usage = answer.events.findLast((event) => event.type === "usage");
    assert(usage?.type === "usage");
    assertUsage(usage.usage, row);
  }
}

/** The caller is told of one prompt and of all tokens that were written. */
function assertUsage(told: Usage, { usage, attempts }: LedgerRow): void {
  assertEquals(told.completionTokens, usage.completionTokens);
  assertEquals(told.totalTokens, told.promptTokens + told.completionTokens);
  assertEquals(told.promptTokens, attempts.find((attempt) => attempt.usage)?.usage?.promptTokens);
}
