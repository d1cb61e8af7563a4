import { BulkWriter, keys, type Store } from "../../store/mod.ts";

/** Ends the sessions of all profiles in a store that nobody serves: those of before a restore. */
export async function endAllSessions(store: Store): Promise<void> {
  const writer = new BulkWriter(store.kv);
  for (const [entity = ""] of [keys.session("", ""), keys.sessionByHash("")]) {
    for await (const { key } of store.kv.list({ prefix: [entity] })) await writer.delete(key);
  }
  await writer.flush();
}
