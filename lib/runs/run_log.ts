import { initialRunState, reduceRun, type RunState, type SequencedEvent } from "../shared/mod.ts";
import { keys, records, type Store } from "../store/mod.ts";

/** The events of a run's log after `afterSeq`, in order. */
export async function readLog(
  store: Store,
  profileId: string,
  runId: string,
  afterSeq: number,
): Promise<SequencedEvent[]> {
  const prefix = keys.runLog(profileId, runId);
  const start = await batchOf(store, profileId, runId, afterSeq + 1);
  const end = [...prefix, Number.MAX_SAFE_INTEGER];
  const events: SequencedEvent[] = [];
  for await (const { value } of store.list(records.runLog, { start, end })) {
    for (const event of value) if (event.seq > afterSeq) events.push(event);
  }
  return events;
}

/** The state that the whole log adds up to. */
export async function replay(store: Store, profileId: string, runId: string): Promise<RunState> {
  return (await readLog(store, profileId, runId, 0)).reduce(reduceRun, initialRunState());
}

/** Deletes a run with its log and all that belongs to it. */
export async function deleteRun(store: Store, profileId: string, runId: string): Promise<void> {
  await store.deleteBelow(keys.runLog(profileId, runId));
  await store.kv.atomic()
    .delete(keys.run(profileId, runId))
    .delete(keys.runHead(profileId, runId))
    .delete(keys.runCancel(profileId, runId))
    .commit();
}

/** The key of the batch that holds `seq`: the last one that begins at or before it. */
async function batchOf(store: Store, profileId: string, runId: string, seq: number): Promise<Deno.KvKey> {
  const prefix = keys.runLog(profileId, runId);
  const selector = { start: prefix, end: [...prefix, seq + 1] };
  for await (const { key } of store.kv.list(selector, { reverse: true, limit: 1 })) return key;
  return keys.runLogBatch(profileId, runId, 0);
}
