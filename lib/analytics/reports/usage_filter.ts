import type { UsageDimension } from "../../shared/mod.ts";
import { pageOf } from "../rollups/rollup.ts";
import type { LedgerRow } from "../row.ts";

/** One value of a dimension. */
export interface UsageFilter {
  dimension: UsageDimension;
  value: string;
}

/** The rows that the figures of a value are of: at a model or a node, each call that asked it. */
export async function* rowsOf(
  rows: AsyncIterable<LedgerRow>,
  only: UsageFilter | undefined,
): AsyncGenerator<LedgerRow, void, undefined> {
  for await (const row of rows) if (!only || isOf(row, only)) yield row;
}

function isOf(row: LedgerRow, { dimension, value }: UsageFilter): boolean {
  switch (dimension) {
    case "model":
      return row.attempts.some(({ model = row.model }) => model === value);
    case "node":
      return row.attempts.some(({ nodeId }) => nodeId === value);
    case "key":
      return row.keyId === value;
    case "source":
      return row.source.type === value;
    case "chat":
    case "project": {
      const page = pageOf(row);
      return page?.dimension === dimension && page.id === value;
    }
  }
}
