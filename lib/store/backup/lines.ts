import { FreshetError } from "../../shared/mod.ts";
import { sha256Hex } from "../blob.ts";
import type { Cipher } from "../cipher.ts";
import type { Store } from "../store.ts";
import { ENTITIES, type KeptEntity } from "./entities.ts";
import { Turns } from "./turns.ts";

const LIST_BATCH = 200;
/** Deno KV's limit. */
const KEY_MAX_BYTES = 2_048;
const SCHEMA_MAX = 65_535;
/** Stands for what is sealed where contents are compared: sealing the same again gives other bytes. */
const SEALED = "(sealed)";
const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** One entry of the store as a line of an archive. */
export interface Line {
  text: string;
  /** What its content is compared by. */
  digest: string;
}

/** A line of an archive, read. */
export type Entry =
  & { key: Deno.KvKey; digest: string }
  & (
    | { type: "record"; schema: number; body: string }
    | { type: "blob"; bytes: Uint8Array }
    | { type: "plain"; value: unknown }
  );

/** What reading the store as lines needs. */
export interface ReadOptions {
  /** Seals anew what is sealed with the store's key; without it, it stays as it is. */
  sealWith?: Cipher;
  /** Told of every entry of the database that was looked at. */
  onEntry?: (key: Deno.KvKey, versionstamp: string) => void;
  signal?: AbortSignal | undefined;
}

/** Everything of an entity, in the order of its keys. */
export async function* readLines(
  store: Store,
  entity: string,
  rule: KeptEntity,
  options: ReadOptions = {},
): AsyncGenerator<Line, void, undefined> {
  const entries = store.kv.list<unknown>({ prefix: [entity] }, { batchSize: LIST_BATCH });
  const turns = new Turns();
  for await (const { key, value, versionstamp } of entries) {
    options.signal?.throwIfAborted();
    await turns.next();
    options.onEntry?.(key, versionstamp);
    if (rule.blobs) {
      if (key.at(-1) !== "info" || isBlobOfRecord(key)) continue;
      yield await blobLine(store, key.slice(0, -1));
    } else if (value instanceof Uint8Array) {
      yield await recordLine(store, key, value, rule, options.sealWith);
    } else {
      const text = JSON.stringify({ key, plain: value });
      yield { text, digest: text };
    }
  }
}

/** Large records have their bytes in blobs, which come with the records. */
function isBlobOfRecord(key: Deno.KvKey): boolean {
  return key[0] === "blob" && String(key[2]) in ENTITIES;
}

async function blobLine(store: Store, key: Deno.KvKey): Promise<Line> {
  const bytes = await store.blobs.read(key);
  if (!bytes) throw new FreshetError("storage", `Cannot read the blob ${key.join("/")}: it is gone`);
  const head = { key, sha256: await sha256Hex(bytes), size: bytes.length };
  const text = JSON.stringify({ ...head, blob: bytes.toBase64() });
  return { text, digest: JSON.stringify(head) };
}

async function recordLine(
  store: Store,
  key: Deno.KvKey,
  value: Uint8Array,
  { sealed }: KeptEntity,
  sealWith: Cipher | undefined,
): Promise<Line> {
  const { body, schema } = await store.body(key, value);
  const json = decoder.decode(body);
  const line = (json: string) => recordHead(key, schema) + json + "}";
  if (!sealed) return { text: line(json), digest: line(json) };
  const digest = line(mapSealed(json, sealed, () => SEALED));
  if (!sealWith) return { text: line(json), digest };
  return { text: line(mapSealed(json, sealed, (value) => resealed(value, store.cipher, sealWith))), digest };
}

function recordHead(key: Deno.KvKey, schema: number): string {
  return `{"key":${JSON.stringify(key)},"schema":${schema},"record":`;
}

/** Seals with another key what was sealed with one. Throws `storage` where the first does not fit. */
export function resealed(value: string, from: Cipher, to: Cipher): string {
  return to.seal(from.open(Uint8Array.fromBase64(value))).toBase64();
}

/** The JSON of a record with other values in its sealed fields; undefined takes a field away. */
export function mapSealed(
  json: string,
  fields: readonly string[],
  change: (value: string) => string | undefined,
): string {
  const record = JSON.parse(json) as Record<string, unknown>;
  for (const field of fields) {
    const value = record[field];
    if (typeof value === "string") record[field] = change(value);
  }
  return JSON.stringify(record);
}

/** Reads a line of an entity, trusting nothing in it. Throws `invalid_request`. */
export async function parseLine(entity: string, rule: KeptEntity, text: string): Promise<Entry> {
  const fields = fieldsOf(entity, text);
  const key = keyOf(entity, fields.key);
  if (rule.blobs) return await blobOf(entity, key, fields);
  if (typeof fields.schema === "number") return recordOf(entity, rule, key, fields.schema, text);
  if (!("plain" in fields) || rule.record) throw damaged(entity, "a line is no record");
  return { type: "plain", key, value: fields.plain, digest: JSON.stringify({ key, plain: fields.plain }) };
}

function fieldsOf(entity: string, text: string): Record<string, unknown> {
  let fields: unknown;
  try {
    fields = JSON.parse(text);
  } catch (cause) {
    throw damaged(entity, "a line is no JSON", cause);
  }
  if (typeof fields === "object" && fields !== null) return fields as Record<string, unknown>;
  throw damaged(entity, "a line is no object");
}

function keyOf(entity: string, key: unknown): Deno.KvKey {
  const isKey = Array.isArray(key) && key.length > 1 && key[0] === entity &&
    key.every((part) => typeof part === "string" || Number.isFinite(part));
  if (!isKey || encoder.encode(JSON.stringify(key)).length > KEY_MAX_BYTES) {
    throw damaged(entity, "a key does not belong there");
  }
  return key;
}

function recordOf(entity: string, rule: KeptEntity, key: Deno.KvKey, schema: number, text: string): Entry {
  if (!Number.isInteger(schema) || schema < 1 || schema > SCHEMA_MAX || !rule.record) {
    throw damaged(entity, "a record has no schema");
  }
  if (schema > (rule.schema ?? 1)) throw newer(`its ${rule.record} has schema ${schema}`);
  const head = recordHead(key, schema);
  if (!text.startsWith(head) || !text.endsWith("}")) throw damaged(entity, "a line is written otherwise");
  const body = text.slice(head.length, -1);
  const digest = rule.sealed ? head + mapSealed(body, rule.sealed, () => SEALED) + "}" : text;
  return { type: "record", key, schema, body, digest };
}

async function blobOf(entity: string, key: Deno.KvKey, fields: Record<string, unknown>): Promise<Entry> {
  const { blob, sha256, size } = fields;
  if (typeof blob !== "string") throw damaged(entity, "a blob has no content");
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = Uint8Array.fromBase64(blob);
  } catch (cause) {
    throw damaged(entity, "a blob is no base64", cause);
  }
  if (await sha256Hex(bytes) !== sha256 || bytes.length !== size) {
    throw damaged(entity, "a blob is not what its hash says");
  }
  return { type: "blob", key, bytes, digest: JSON.stringify({ key, sha256, size }) };
}

/** An archive that is not what it should be. */
export function damaged(part: string, why: string, cause?: unknown): FreshetError {
  return new FreshetError("invalid_request", `Cannot read the backup: in ${part}, ${why}`, {
    hint: "The file is damaged or was changed; use another backup",
    cause,
  });
}

/** An archive of a newer Freshet. */
export function newer(why: string): FreshetError {
  return new FreshetError(
    "invalid_request",
    `Cannot read the backup: it was made by a newer Freshet (${why})`,
    {
      hint: "Update Freshet first",
    },
  );
}
