import { HOUSE_PROFILE } from "../shared/mod.ts";

/** Sorts as the numbers do. */
const pad = (n: number) => n.toString().padStart(14, "0");

/** Sorts later times first. */
const newestFirst = (ms: number) => pad(99_999_999_999_999 - ms);

/**
 * Every key of the store, in one place. A key starts with its entity and the profile that owns it; ids sort by time, so a
 * prefix lists in the order of making.
 */
export const keys = {
  chat: (profileId: string, chatId: string) => ["chat", profileId, chatId],
  /** chat id by pinned first, then newest first. */
  chatOrder: (profileId: string, pinned: boolean, updatedAt: number, chatId: string) => [
    "chat_order",
    profileId,
    pinned ? 0 : 1,
    newestFirst(updatedAt),
    chatId,
  ],
  chatOrders: (profileId: string) => ["chat_order", profileId],
  /** chat id in the same order, for a folder ("-" for none, "" for any) and a tag ("" for any). */
  chatListEntry: (
    profileId: string,
    folderId: string,
    tagId: string,
    pinned: boolean,
    updatedAt: number,
    chatId: string,
  ) => ["chat_list", profileId, folderId, tagId, pinned ? 0 : 1, newestFirst(updatedAt), chatId],
  chatList: (profileId: string, folderId: string, tagId: string) => ["chat_list", profileId, folderId, tagId],
  /** That chats of before there were folders are in the list of those without one. */
  chatListsMade: (profileId: string) => ["chat_lists_made", profileId],
  chatFolder: (profileId: string, folderId: string) => ["chat_folder", profileId, folderId],
  chatFolders: (profileId: string) => ["chat_folder", profileId],
  allChatFolders: () => ["chat_folder"],
  /** The ids of a profile's folders as they are listed. */
  chatFolderOrder: (profileId: string) => ["chat_folder_order", profileId],
  /** A chat that was in a folder when that was deleted. */
  chatFolderFormer: (profileId: string, folderId: string, chatId: string) => [
    "chat_folder_former",
    profileId,
    folderId,
    chatId,
  ],
  chatFolderFormers: (profileId: string, folderId: string) => ["chat_folder_former", profileId, folderId],
  chatTag: (profileId: string, tagId: string) => ["chat_tag", profileId, tagId],
  chatTags: (profileId: string) => ["chat_tag", profileId],
  /** tag id by its name in lower case. */
  chatTagName: (profileId: string, name: string) => ["chat_tag_name", profileId, name],
  allChatTagNames: () => ["chat_tag_name"],
  /** Chats to delete for good, by the time it is due. */
  chatPurge: (
    dueAt: number,
    profileId: string,
    chatId: string,
  ) => ["chat_purge", pad(dueAt), profileId, chatId],
  chatPurges: () => ["chat_purge"],

  message: (
    profileId: string,
    chatId: string,
    messageId: string,
  ) => ["message", profileId, chatId, messageId],
  messages: (profileId: string, chatId: string) => ["message", profileId, chatId],
  /** The children of a message, or of the chat itself for `null`. */
  branches: (profileId: string, chatId: string, parentId: string | null) => [
    "message_branches",
    profileId,
    chatId,
    parentId ?? "",
  ],
  allBranches: (profileId: string, chatId: string) => ["message_branches", profileId, chatId],

  attachment: (profileId: string, id: string) => ["attachment", profileId, id],
  /** A chat in whose messages a file is. */
  attachmentUse: (profileId: string, id: string, chatId: string) => ["attachment_use", profileId, id, chatId],
  attachmentUses: (profileId: string, id: string) => ["attachment_use", profileId, id],
  /** Files to delete unless they were sent, by the time it is due. */
  attachmentPurge: (dueAt: number, profileId: string, id: string) => [
    "attachment_purge",
    pad(dueAt),
    profileId,
    id,
  ],
  attachmentPurges: () => ["attachment_purge"],
  attachmentBytes: (profileId: string, id: string) => ["attachment_bytes", profileId, id],
  attachmentText: (profileId: string, id: string) => ["attachment_text", profileId, id],

  run: (profileId: string, runId: string) => ["run", profileId, runId],
  runs: (profileId: string) => ["run", profileId],
  runLog: (profileId: string, runId: string) => ["run_log", profileId, runId],
  runLogBatch: (
    profileId: string,
    runId: string,
    firstSeq: number,
  ) => ["run_log", profileId, runId, firstSeq],
  /** Bumped with every commit to a run's log, for followers in other processes. */
  runHead: (profileId: string, runId: string) => ["run_head", profileId, runId],
  runCancel: (profileId: string, runId: string) => ["run_cancel", profileId, runId],
  /** The runs that a process has in hand, to be found when it died. */
  runOwned: (
    processId: string,
    profileId: string,
    runId: string,
  ) => ["run_owned", processId, profileId, runId],
  runsOwned: (processId: string) => ["run_owned", processId],
  allRunsOwned: () => ["run_owned"],
  /** Logs to delete, by the time it is due. */
  runPurge: (dueAt: number, profileId: string, runId: string) => ["run_purge", pad(dueAt), profileId, runId],
  runPurges: () => ["run_purge"],

  /** A living process; its value is the time of its last heartbeat. */
  process: (processId: string) => ["process", processId],
  processes: () => ["process"],
  /** Bumped to make a process look at what others ask of it. */
  processInbox: (processId: string) => ["process_inbox", processId],

  node: (profileId: string, nodeId: string) => ["node", profileId, nodeId],
  nodes: (profileId: string) => ["node", profileId],
  modelAlias: (profileId: string, name: string) => ["model_alias", profileId, name],
  modelAliases: (profileId: string) => ["model_alias", profileId],
  nodeModels: (profileId: string, nodeId: string) => ["node_models", profileId, nodeId],

  /** A download of a model, under way or ended. */
  modelDownload: (profileId: string, downloadId: string) => ["model_download", profileId, downloadId],
  modelDownloads: (profileId: string) => ["model_download", profileId],

  benchmark: (profileId: string, benchmarkId: string) => ["benchmark", profileId, benchmarkId],
  benchmarks: (profileId: string) => ["benchmark", profileId],
  /** The prompts as they were when the benchmark was made. */
  benchmarkPrompts: (profileId: string, benchmarkId: string) => ["benchmark_prompts", profileId, benchmarkId],
  /** Calls that were counted, many to a page, in the order of their ends. */
  benchmarkResults: (profileId: string, benchmarkId: string, page: number) => [
    "benchmark_results",
    profileId,
    benchmarkId,
    page,
  ],
  allBenchmarkResults: (profileId: string, benchmarkId: string) => [
    "benchmark_results",
    profileId,
    benchmarkId,
  ],
  /** Prompts that a person wrote or imported. */
  promptSet: (profileId: string, setId: string) => ["prompt_set", profileId, setId],
  promptSets: (profileId: string) => ["prompt_set", profileId],
  /** A configuration of a model; its versions, which never change; and the creation of a version on a node. */
  modelConfig: (profileId: string, configId: string) => ["model_config", profileId, configId],
  modelConfigs: (profileId: string) => ["model_config", profileId],
  modelConfigVersion: (profileId: string, configId: string, number: number) => [
    "model_config_version",
    profileId,
    configId,
    number,
  ],
  modelConfigVersions: (profileId: string, configId: string) => ["model_config_version", profileId, configId],
  modelCreation: (profileId: string, configId: string, number: number, nodeId: string) => [
    "model_creation",
    profileId,
    configId,
    number,
    nodeId,
  ],
  modelCreations: (profileId: string, configId: string) => ["model_creation", profileId, configId],
  /** Of every profile, to be looked at after a start. */
  allModelCreations: () => ["model_creation"],
  /** The copy on a node that a configuration's model is made of. */
  modelBase: (profileId: string, nodeId: string, model: string) => ["model_base", profileId, nodeId, model],
  /** Which models a node had under a name. */
  modelDigest: (
    profileId: string,
    nodeId: string,
    model: string,
  ) => ["model_digest", profileId, nodeId, model],
  modelDigests: (profileId: string, nodeId: string) => ["model_digest", profileId, nodeId],
  modelPin: (profileId: string, nodeId: string, model: string, digest: string) => [
    "model_pin",
    profileId,
    nodeId,
    model,
    digest,
  ],
  modelPins: (profileId: string) => ["model_pin", profileId],
  nodeModelPins: (
    profileId: string,
    nodeId: string,
    model: string,
  ) => ["model_pin", profileId, nodeId, model],

  /** The latest events of a profile, for instances that share the store. */
  feed: (profileId: string) => ["feed", profileId],

  profile: (profileId: string) => ["profile", profileId],
  profiles: () => ["profile"],
  /** A profile whose data has still to be deleted; the value is the time from which on nothing writes there any more. */
  profilePurge: (profileId: string) => ["profile_purge", profileId],
  profilePurges: () => ["profile_purge"],
  session: (profileId: string, sessionId: string) => ["session", profileId, sessionId],
  sessions: (profileId: string) => ["session", profileId],
  sessionByHash: (hash: string) => ["session_by_hash", hash],

  settings: (profileId: string) => ["settings", profileId],

  apiKey: (profileId: string, keyId: string) => ["api_key", profileId, keyId],
  apiKeys: (profileId: string) => ["api_key", profileId],
  apiKeyByHash: (hash: string) => ["api_key_by_hash", hash],
  /** What a key has spent, written with the ledger's rows. */
  apiKeySpend: (profileId: string, keyId: string) => ["api_key_spend", profileId, keyId],

  /** What this server has contacted on a day of UTC, whichever profile it was for. */
  contact: (day: number, host: string, feature: string) => ["contact", day, host, feature],
  contactsOf: (day: number) => ["contact", day],
  contacts: () => ["contact"],

  /** Samples of a machine: many to a block, which is named by its beginning. */
  systemSamples: (host: string, level: string, startsAt: number) => ["system_samples", host, level, startsAt],
  systemSampleBlocks: (host: string, level: string) => ["system_samples", host, level],
  /** What a profile is warned about. */
  systemThresholds: (profileId: string) => ["system_thresholds", profileId],
  allSystemThresholds: () => ["system_thresholds"],

  /** What is used of the limits of a profile, or of one of its keys. */
  rateUse: (profileId: string, keyId: string | undefined) => ["rate_use", profileId, keyId ?? ""],

  ledger: (profileId: string, callId: string) => ["ledger", profileId, callId],
  ledgers: (profileId: string) => ["ledger", profileId],
  /** All calls of an hour or a day together; `at` is its beginning. */
  ledgerRollup: (profileId: string, grain: string, at: number) => ["ledger_rollup", profileId, grain, at],
  ledgerRollups: (profileId: string) => ["ledger_rollup", profileId],
  /** The calls of one chat or project in an hour or a day. */
  ledgerPage: (profileId: string, grain: string, dimension: string, at: number, id: string) => [
    "ledger_page",
    profileId,
    grain,
    dimension,
    at,
    id,
  ],
  ledgerPages: (profileId: string) => ["ledger_page", profileId],
  /** What was read of the sums of a month; `name` says what it is. Made when it is asked for. */
  ledgerMonth: (profileId: string, name: string, at: number) => ["ledger_month", profileId, name, at],
  /** What a node was called last, for when it is gone. */
  ledgerNodeName: (profileId: string, nodeId: string) => ["ledger_node_name", profileId, nodeId],
  ledgerNodeNames: (profileId: string) => ["ledger_node_name", profileId],
  /** In which shape the rollups of a profile are. */
  ledgerShape: (profileId: string) => ["ledger_shape", profileId],
  priceTable: (profileId: string, version: number) => ["price_table", profileId, version],
  priceTables: (profileId: string) => ["price_table", profileId],

  project: (profileId: string, projectId: string) => ["project", profileId, projectId],
  /** Project id by the newest change. */
  projectOrder: (profileId: string, updatedAt: number, projectId: string) => [
    "project_order",
    profileId,
    newestFirst(updatedAt),
    projectId,
  ],
  projectOrders: (profileId: string) => ["project_order", profileId],
  /** Projects to delete for good, by the time it is due. */
  projectPurge: (
    dueAt: number,
    profileId: string,
    projectId: string,
  ) => ["project_purge", pad(dueAt), profileId, projectId],
  projectPurges: () => ["project_purge"],
  /** Projects with prompts that wait, to be gone on with after a start. */
  projectQueue: (profileId: string, projectId: string) => ["project_queue", profileId, projectId],
  projectQueues: () => ["project_queue"],
  version: (
    profileId: string,
    projectId: string,
    versionId: string,
  ) => ["version", profileId, projectId, versionId],
  versions: (profileId: string, projectId: string) => ["version", profileId, projectId],
  /** The files of a version. */
  manifest: (
    profileId: string,
    projectId: string,
    versionId: string,
  ) => ["manifest", profileId, projectId, versionId],
  manifests: (profileId: string, projectId: string) => ["manifest", profileId, projectId],
  /** What a version changed in its files, as diffs against its parent. */
  versionDiffs: (
    profileId: string,
    projectId: string,
    versionId: string,
  ) => ["version_diffs", profileId, projectId, versionId],
  allVersionDiffs: (profileId: string, projectId: string) => ["version_diffs", profileId, projectId],
  /** Content of files by its hash, shared by all versions of a project. */
  projectBlob: (
    profileId: string,
    projectId: string,
    sha256: string,
  ) => ["blob", profileId, projectId, sha256],
  projectBlobs: (profileId: string, projectId: string) => ["blob", profileId, projectId],
  /** Requests that a person keeps for a project's API. */
  savedRequests: (profileId: string, projectId: string) => ["saved_requests", profileId, projectId],
  /** How well a model keeps to the studio's format. */
  modelForm: (profileId: string, model: string) => ["model_form", profileId, model],

  /** A folder that a person has added to the page of files. */
  fileFolder: (profileId: string, folderId: string) => ["file_folder", profileId, folderId],
  fileFolders: (profileId: string) => ["file_folder", profileId],
  /** What was deleted from such folders; the content is in the trash folder. */
  trashedFile: (profileId: string, trashId: string) => ["trashed_file", profileId, trashId],
  trashedFiles: (profileId: string) => ["trashed_file", profileId],
  terminalSetting: (profileId: string) => ["terminal_setting", profileId],
  terminalSession: (profileId: string, sessionId: string) => ["terminal_session", profileId, sessionId],
  terminalSessions: (profileId: string) => ["terminal_session", profileId],
  /** Of all sessions of a profile, in the order in which they were given. */
  terminalCommand: (profileId: string, commandId: string) => ["terminal_command", profileId, commandId],
  terminalCommands: (profileId: string) => ["terminal_command", profileId],
  terminalFavourite: (profileId: string, id: string) => ["terminal_favourite", profileId, id],
  terminalFavourites: (profileId: string) => ["terminal_favourite", profileId],
  terminalAuditEntry: (profileId: string, id: string) => ["terminal_audit", profileId, id],
  terminalAudit: (profileId: string) => ["terminal_audit", profileId],

  idempotency: (profileId: string, key: string) => ["idempotency", profileId, key],

  /** Signs the addresses of previews; sealed. */
  previewKey: () => ["preview_key"],

  /** Shows for a while that a commit has happened. */
  commitMark: (commitId: string) => ["commit_mark", commitId],

  /** When backups are made by themselves, and which were kept; of the whole instance. */
  backupSchedule: () => ["backup_schedule", HOUSE_PROFILE],
  /** How the latest scheduled backup went. */
  backupState: () => ["backup_state"],
  /** Held by the process that makes a scheduled backup. */
  backupLease: () => ["backup_lease"],
  /** What a check of a kept backup came to, by the name of its file. */
  backupCheck: (fileName: string) => ["backup_check", fileName],
  /** A restore under way, which the next start has to finish or undo. */
  restoreState: () => ["restore_state"],
  /** In which layout the keys are, and how far an upgrade of it is. */
  layout: () => ["layout"],
  layoutLease: () => ["layout_lease"],

  /** Of the key that a passphrase gives; no secret. */
  salt: () => ["salt"],
  /** What tells this instance from others on the same host. */
  instance: () => ["instance"],
} as const satisfies Record<string, (...args: never[]) => Deno.KvKey>;
