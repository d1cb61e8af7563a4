import type { LedgerRow } from "../row.ts";

/** One line of a statement. */
export interface StatementLine {
  calls: number;
  promptTokens: number;
  completionTokens: number;
  /** Nano-dollars. */
  costNano: number;
}

/** What a profile or a key used, for billing: by model, by day, and in all. */
export interface Statement {
  models: (StatementLine & { model: string })[];
  /** By the day that `dayOf` named. */
  days: (StatementLine & { day: string })[];
  sum: StatementLine;
}

/**
 * Adds up rows to a statement: of all of them, or of those of one key. A call counts once at the model that was asked last;
 * tokens and costs count where they were spent, so that the lines add up to the sum.
 */
export async function statementOf(
  rows: AsyncIterable<LedgerRow>,
  dayOf: (at: number) => string,
  keyId?: string,
): Promise<Statement> {
  const models = new Map<string, StatementLine>();
  const days = new Map<string, StatementLine>();
  const sum = emptyLine();
  for await (const row of rows) {
    if (keyId !== undefined && row.keyId !== keyId) continue;
    const { usage, costNano } = row;
    const whole = { ...usage, costNano };
    for (const line of [sum, lineOf(days, dayOf(row.at))]) {
      line.calls++;
      add(line, whole);
    }
    // What no node took has no model that could be billed.
    const last = row.attempts.at(-1);
    lineOf(models, last ? last.model ?? row.model : "").calls++;
    for (const { model = row.model, usage, costNano = 0 } of row.attempts) {
      if (usage) add(lineOf(models, model), { ...usage, costNano });
    }
  }
  return {
    models: [...models].map(([model, line]) => ({ model, ...line }))
      .sort((a, b) => b.costNano - a.costNano || b.calls - a.calls || a.model.localeCompare(b.model)),
    days: [...days].map(([day, line]) => ({ day, ...line })).sort((a, b) => a.day.localeCompare(b.day)),
    sum,
  };
}

function emptyLine(): StatementLine {
  return { calls: 0, promptTokens: 0, completionTokens: 0, costNano: 0 };
}

function lineOf(lines: Map<string, StatementLine>, name: string): StatementLine {
  const line = lines.get(name) ?? emptyLine();
  lines.set(name, line);
  return line;
}

function add(line: StatementLine, used: Omit<StatementLine, "calls">): void {
  line.promptTokens += used.promptTokens;
  line.completionTokens += used.completionTokens;
  line.costNano += used.costNano;
}
