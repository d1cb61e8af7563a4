import { FreshetError } from "../../shared/mod.ts";
import { BulkWriter } from "../bulk_writer.ts";
import { keys } from "../keys.ts";
import type { Store } from "../store.ts";
import type { Archive } from "./archive.ts";
import { digestEntity } from "./digest.ts";
import { KEPT_ENTITIES, type KeptEntity } from "./entities.ts";
import type { FilesReport } from "./files/restore_trees.ts";
import { type Entry, mapSealed, resealed } from "./lines.ts";

const PLAIN_MAX_BYTES = 60_000;
/** Of what services that run may change before it is compared; what is written in words and files is none of it. */
const MOVING = new Set([
  "settings",
  "node_models",
  "model_digest",
  "contact",
  "model_download",
  "system_samples",
  "ledger_shape",
  "price_table",
]);
const isMoving = (entity: string, { todo }: KeptEntity) => todo === true || MOVING.has(entity);

/** What a restore came to. */
export interface RestoreReport {
  /** Records and blobs, by entity. */
  counts: Record<string, number>;
  /** Entities that services of this Freshet had changed again before they were compared. */
  moved: string[];
  /** Keys of model servers that were left out, because the key that opens them is not here. */
  secretsLeftOut: number;
  /** Where the archive has files of folders. */
  files?: FilesReport;
}

/** What restoring needs. */
export interface RestoreOptions {
  /** Restores without the keys of model servers where they cannot be opened. */
  withoutSecrets?: boolean | undefined;
  signal?: AbortSignal | undefined;
}

/** Entities that show that somebody has worked with this store. */
export async function workIn(store: Store): Promise<string[]> {
  const found: string[] = [];
  for (const [entity, rule] of KEPT_ENTITIES) {
    if (rule.work && await hasWork(store, entity, rule)) found.push(rule.record ?? entity);
  }
  return [...new Set(found)];
}

async function hasWork(store: Store, entity: string, { work }: KeptEntity): Promise<boolean> {
  for await (const { key, value } of store.kv.list<unknown>({ prefix: [entity] })) {
    if (typeof work !== "function" || !(value instanceof Uint8Array)) return true;
    const { body } = await store.body(key, value);
    if (work(JSON.parse(new TextDecoder().decode(body)))) return true;
  }
  return false;
}

/** Throws `conflict` where something would be overwritten. */
export async function refuseUnlessEmpty(store: Store): Promise<void> {
  const found = await workIn(store);
  if (found.length === 0) return;
  throw new FreshetError("conflict", `Cannot restore: this Freshet is not empty, it has ${words(found)}`, {
    hint: "Start a Freshet with an empty data folder (FRESHET_DATA) and restore there",
  });
}

/** Throws `invalid_request` where keys of model servers cannot be opened and nobody said to go without them. */
export async function refuseLostSecrets(archive: Archive, { withoutSecrets }: RestoreOptions): Promise<void> {
  if (withoutSecrets || archive.key.secrets) return;
  for (const [entity, { sealed }] of KEPT_ENTITIES) {
    if (!sealed) continue;
    for await (const entry of archive.entries(entity)) {
      if (entry.type !== "record" || !hasSealed(entry.body, sealed)) continue;
      throw new FreshetError(
        "invalid_request",
        "Cannot open the keys of model servers in the backup: they are sealed with another key",
        {
          field: "withoutSecrets",
          hint:
            "Start with the secret.key or passphrase of the Freshet that made it, or restore without these keys and enter them anew",
        },
      );
    }
  }
}

/** Deletes everything that a backup has. */
export async function wipe(store: Store): Promise<void> {
  const writer = new BulkWriter(store.kv);
  for (const [entity] of KEPT_ENTITIES) {
    for await (const { key } of store.kv.list({ prefix: [entity] })) await writer.delete(key);
  }
  await writer.flush();
}

/** Writes everything of an archive into a store and compares each entity when it is there. Throws `storage` where it differs. */
export async function writeAll(
  store: Store,
  archive: Archive,
  { signal }: RestoreOptions = {},
): Promise<RestoreReport> {
  const report: RestoreReport = { counts: {}, moved: [], secretsLeftOut: 0 };
  const writer = new BulkWriter(store.kv);
  for (const [entity, rule] of KEPT_ENTITIES) {
    let count = 0;
    for await (const entry of archive.entries(entity)) {
      signal?.throwIfAborted();
      if (await write(store, writer, rule, entry, archive) === "without secret") report.secretsLeftOut++;
      count++;
    }
    await writer.flush();
    if (count > 0) report.counts[entity] = count;
    const expected = archive.manifest.entities[entity];
    if (!expected) continue;
    const found = await digestEntity(store, entity, rule, signal);
    if (found.count === expected.count && found.sha256 === expected.sha256) continue;
    if (isMoving(entity, rule)) report.moved.push(entity);
    else if (!(report.secretsLeftOut > 0 && entity === "node")) {
      throw differs(entity, expected.count, found.count);
    }
  }
  return report;
}

async function write(
  store: Store,
  writer: BulkWriter,
  rule: KeptEntity,
  entry: Entry,
  { key: { secrets } }: Archive,
): Promise<"whole" | "without secret"> {
  const options = rule.expiresAfterMs === undefined ? {} : { expireIn: rule.expiresAfterMs };
  if (entry.type === "blob") await store.blobs.write(entry.key, entry.bytes);
  else if (entry.type === "plain") await writer.set(entry.key, plainOf(entry), options);
  else {
    const { sealed } = rule;
    const isLost = sealed !== undefined && !secrets && hasSealed(entry.body, sealed);
    const json = sealed
      ? mapSealed(entry.body, sealed, (value) => secrets && resealed(value, secrets, store.cipher))
      : entry.body;
    const body = new TextEncoder().encode(json);
    const { bytes } = await store.encodeBody(entry.key, { body, schema: entry.schema });
    await writer.set(entry.key, bytes, options);
    if (isLost) return "without secret";
  }
  return "whole";
}

function plainOf({ key, value }: Entry & { type: "plain" }): unknown {
  if (JSON.stringify(value).length <= PLAIN_MAX_BYTES) return value;
  throw new FreshetError("invalid_request", `Cannot restore ${key.join("/")}: it is too large`);
}

function hasSealed(json: string, sealed: readonly string[]): boolean {
  const record = JSON.parse(json) as Record<string, unknown>;
  return sealed.some((field) => typeof record[field] === "string");
}

function differs(entity: string, expected: number, found: number): FreshetError {
  return new FreshetError(
    "storage",
    `Cannot confirm the restore: of ${entity} there are ${found} where the backup has ${expected}, or other contents`,
    { hint: "Restore again into an empty data folder; the disk may be failing" },
  );
}

/** Other processes on a shared store would write into what is being restored. Throws `conflict` where there are any. */
export async function refuseOtherInstances(store: Store, now: number): Promise<void> {
  if (!store.shared) return;
  for await (const { key, value } of store.kv.list<number>({ prefix: keys.processes() })) {
    if (key[1] === store.processId || now - value > 30_000) continue;
    throw new FreshetError("conflict", "Cannot restore: another instance works on this store", {
      hint: "Stop all other instances first",
    });
  }
}

function words(found: string[]): string {
  const shown = found.slice(0, 4).join(", ");
  return found.length > 4 ? `${shown} and more` : shown;
}
