/** Deno KV with typed records: keys, codec, blobs, the lock of the data folder. */
export { Blobs, sha256Hex } from "./blob.ts";
export { BulkWriter } from "./bulk_writer.ts";
export { type Cipher, createCipher, keyFromPassphrase } from "./cipher.ts";
export { Codec, type RecordType, recordType } from "./codec.ts";
export { keys } from "./keys.ts";
export { Feed } from "./feed.ts";
export { IdempotentRequest } from "./idempotent_request.ts";
export { type InstanceEvent } from "./feed_ring.ts";
export { ReadCache } from "./read_cache.ts";
export * from "./records.ts";
export { SharedFeed, type SharedFeedOptions } from "./shared_feed.ts";
export { instanceIdOf } from "./instance_id.ts";
export { databaseFile, openStore, Store, type Stored, type StoreOptions } from "./store.ts";
export { Transaction } from "./transaction.ts";
export * from "./backup/mod.ts";
export { LAYOUT, type LayoutUpgrade, setLayout, upgradeLayout, type UpgradeOptions } from "./layout.ts";
