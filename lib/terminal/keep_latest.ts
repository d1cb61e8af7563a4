import { BulkWriter, type Store } from "../store/mod.ts";

/** Deletes all but the latest records below a prefix whose last part sorts by time. */
export async function keepLatest(store: Store, prefix: Deno.KvKey, count: number): Promise<void> {
  const writer = new BulkWriter(store.kv);
  let seen = 0;
  for await (const { key } of store.kv.list({ prefix }, { reverse: true })) {
    if (++seen > count) await writer.delete(key);
  }
  await writer.flush();
}
