import { CONTACTS_KEPT_DAYS, HOUSE_PROFILE } from "../../shared/mod.ts";

const DAY_MS = 86_400_000;

/** What a backup does with the records of an entity: the first part of their keys. */
export type EntityRule = KeptEntity | { kept: false; why: string };

/** An entity that is in every backup. */
export interface KeptEntity {
  kept: true;
  /** How its records are called, and the highest schema number that they may have; absent where they are no records. */
  record?: string;
  schema?: number;
  /** Whether its values are blobs: an `info` with chunks. */
  blobs?: true;
  /** Fields of its records that are sealed with the store's key. */
  sealed?: readonly string[];
  /**
   * Whether it shows that somebody has worked with this Freshet, so that nothing may be restored over it. What is left comes by
   * itself at a first start and gives way.
   */
  work: boolean | ((record: Record<string, unknown>) => boolean);
  /** ms after which its records go by themselves. */
  expiresAfterMs?: number;
  /** Whether services that find an entry work on what it names: such come last, when all of that is there and was compared. */
  todo?: true;
}

function kept(record: string, options: Partial<Omit<KeptEntity, "kept" | "record">> = {}): KeptEntity {
  return { kept: true, record, schema: 1, work: true, ...options };
}

/** An index or a mark: values without a schema, which go with what they name. */
const INDEX: KeptEntity = { kept: true, work: false };
/** Marks of what is to be done, when it is due or by who finds it. */
const TODO: KeptEntity = { ...INDEX, todo: true };
const BLOBS: KeptEntity = { kept: true, blobs: true, work: true };
const left = (why: string): EntityRule => ({ kept: false, why });
/** What comes by itself at a start, or is a choice that a restored one replaces. */
const REPLACED = { work: false } as const;

/**
 * Every entity of `keys.ts` and what becomes of it in a backup; a test fails where one is missing. What is written of a run in
 * progress is kept, with whose it is: a restored Freshet finds it without an owner and ends it as interrupted, with its text.
 */
export const ENTITIES: Readonly<Record<string, EntityRule>> = {
  profile: kept("profile", { work: ({ id }) => id !== HOUSE_PROFILE }),
  profile_purge: TODO,
  session: left("a restored one would be a login that nobody remembers"),
  session_by_hash: left("goes with its session"),
  settings: kept("settings", REPLACED),
  node: kept("node", { sealed: ["sealedKey"], work: ({ origin }) => origin === "manual" }),
  node_models: kept("node models", REPLACED),
  model_alias: kept("model alias"),
  model_download: kept("model download"),
  model_form: kept("model form", REPLACED),
  model_config: kept("model configuration"),
  model_config_version: kept("version of a model configuration"),
  model_creation: kept("creation of a model"),
  model_base: kept("base of a model configuration"),
  model_digest: kept("digests of a model", REPLACED),
  model_pin: kept("pin of a model"),
  benchmark: kept("benchmark"),
  benchmark_prompts: kept("benchmark's prompts"),
  benchmark_results: kept("benchmark's results"),
  prompt_set: kept("prompt set"),
  api_key: kept("API key", { schema: 2 }),
  api_key_by_hash: kept("API key", { schema: 2, work: false }),
  api_key_spend: kept("API key's spending", REPLACED),
  contact: kept("contact", { ...REPLACED, expiresAfterMs: (CONTACTS_KEPT_DAYS + 1) * DAY_MS }),

  chat: kept("chat"),
  chat_order: INDEX,
  chat_purge: TODO,
  chat_list: INDEX,
  chat_lists_made: INDEX,
  chat_folder: kept("chat folder"),
  chat_folder_order: kept("order of chat folders", REPLACED),
  chat_folder_former: { ...INDEX, expiresAfterMs: 7 * DAY_MS },
  chat_tag: kept("chat tag"),
  chat_tag_name: INDEX,
  message: kept("message"),
  message_branches: kept("message branches", REPLACED),
  attachment: kept("attachment"),
  attachment_use: INDEX,
  attachment_purge: TODO,
  attachment_bytes: BLOBS,
  attachment_text: BLOBS,

  run: kept("run", REPLACED),
  run_log: kept("run log", REPLACED),
  run_owned: TODO,
  run_purge: TODO,
  run_head: left("wakes followers in other processes"),
  run_cancel: left("asks a living process to stop a run"),

  project: kept("project"),
  project_order: INDEX,
  project_purge: TODO,
  project_queue: TODO,
  version: kept("version"),
  manifest: kept("manifest"),
  version_diffs: kept("version diffs"),
  saved_requests: kept("saved requests"),
  blob: BLOBS,

  ledger: kept("ledger row", { schema: 2 }),
  ledger_rollup: kept("rollup", REPLACED),
  ledger_page: kept("rollup of one value", REPLACED),
  ledger_month: left("is made again of hours and days when it is asked for"),
  ledger_node_name: { kept: true, work: false },
  ledger_shape: kept("ledger's shape", REPLACED),
  price_table: kept("price table", { work: ({ origin }) => origin !== "shipped" }),

  system_samples: kept("block of samples", { ...REPLACED, expiresAfterMs: 9 * DAY_MS }),
  system_thresholds: kept("thresholds of a machine", REPLACED),

  file_folder: kept("file folder"),
  trashed_file: kept("trashed file"),
  terminal_setting: kept("setting of terminals", REPLACED),
  terminal_session: kept("terminal session"),
  terminal_command: kept("terminal command"),
  terminal_favourite: kept("favourite command"),
  terminal_audit: kept("entry of the terminals' audit", REPLACED),

  backup_schedule: kept("schedule of backups", REPLACED),
  backup_state: left("says how backups of this instance went"),
  backup_check: left("speaks of files that are not in the archive"),
  backup_lease: left("a lease of a living process"),
  restore_state: left("a restore of this instance under way"),
  layout: left("stands in the archive's header"),
  layout_lease: left("a lease of a living process"),

  process: left("a heartbeat"),
  process_inbox: left("wakes a living process"),
  feed: left("tells living instances of changes"),
  rate_use: left("is refilled within a minute"),
  idempotency: left("answers repeated requests for a day"),
  commit_mark: left("tells whether a commit has just happened"),
  preview_key: left("signs addresses of previews, which expire; made anew"),
  salt: left("belongs to this store's passphrase; the archive's header has its own"),
  instance: left("tells this instance from others on the same host; made anew"),
};

/** The entities that are in a backup, in the order in which they are written: records, blobs, what is to be done with them. */
export const KEPT_ENTITIES: readonly [name: string, rule: KeptEntity][] = Object.entries(ENTITIES)
  .filter((entry): entry is [string, KeptEntity] => entry[1].kept)
  .sort(([, a], [, b]) => rank(a) - rank(b));

function rank({ blobs, todo }: KeptEntity): number {
  return todo ? 2 : blobs ? 1 : 0;
}
