import { newId } from "../../shared/mod.ts";
import { keys, type RecordType, type Store } from "../../store/mod.ts";
import type { CallRecord, LedgerRow } from "../row.ts";
import { LEDGER_ROW } from "../row.ts";
import { costOf, type PriceList } from "../prices/price_list.ts";
import { GRAINS, pageOf, startOf } from "./rollup.ts";

/** Below the 1,000 mutations of a commit. */
const ROWS_MAX = 400;
/** Below the 819,200 bytes of a commit, with room for what the rows are summed up in. */
const BYTES_MAX = 450_000;
/** Below the 100 checks of a commit: each record that rows are summed up in is one. */
const SUMS_MAX = 80;

/** Rows that are committed together. Once made it stays as it is, so that its first row tells whether all are there. */
export interface Batch {
  rows: { row: LedgerRow; key: Deno.KvKey; bytes: Uint8Array }[];
}

/** Takes as many of the pending calls as fit into one commit, with their prices. At least one, where there is one. */
export async function takeBatch(
  store: Store,
  pending: CallRecord[],
  pricesNow: () => Promise<PriceList>,
): Promise<Batch> {
  const rows: Batch["rows"] = [];
  const sums = new Set<string>();
  const prices = await pricesNow();
  let bytes = 0;
  let taken = 0;
  for (const call of pending) {
    const row = priced(call, prices);
    const encoded = store.codec.encode(LEDGER_ROW as RecordType<LedgerRow>, row);
    for (const sum of sumsOf(row)) sums.add(sum);
    bytes += encoded.length;
    const isFull = taken >= ROWS_MAX || bytes > BYTES_MAX || sums.size > SUMS_MAX;
    if (isFull && taken > 0) break;
    rows.push({ row, key: keys.ledger(row.profileId, row.id), bytes: encoded });
    taken++;
  }
  pending.splice(0, taken);
  return { rows };
}

/** The call as a row, with what it cost. Nodes at home are free unless a price names them. */
export function priced({ ...call }: Omit<CallRecord, "id"> & { id?: string }, prices: PriceList): LedgerRow {
  let costNano = 0;
  const attempts = call.attempts.map((attempt) => {
    const { usage, nodeId, local = true, model = call.model } = attempt;
    if (!usage) return attempt;
    const price = prices.find(model, { nodeId, local });
    if (!price && !local) return attempt;
    const cost = price ? costOf(price, usage) : 0;
    costNano += cost;
    return { ...attempt, costNano: cost };
  });
  return { id: call.id ?? newId(), ...call, attempts, costNano, priceVersion: prices.version };
}

/** Names the records that a row is summed up in. */
function sumsOf(row: LedgerRow): string[] {
  const page = pageOf(row);
  const key = row.keyId === undefined ? [] : [`key ${row.profileId} ${row.keyId}`];
  return key.concat(GRAINS.flatMap((grain) => {
    const time = `${row.profileId} ${grain} ${startOf(grain, row.at)}`;
    return page ? [time, `${time} ${page.dimension} ${page.id}`] : [time];
  }));
}
