import type {
  Attachment,
  Budgets,
  Chat,
  ChatFolder,
  ChatTag,
  Message,
  ModelAlias,
  ModelInfo,
  NodeInfo,
  RunInfo,
  SequencedEvent,
  UiSettings,
} from "../shared/mod.ts";
import { recordType } from "./codec.ts";
import type { FeedRing } from "./feed_ring.ts";

/** The children of one message, or of the chat, with the one on the active branch. */
export interface Branches {
  childIds: string[];
  activeId: string | null;
}

/** A message as kept: what was deleted can be brought back. */
export type MessageRecord = Message & { deletedAt?: number };

/** A folder of chats as kept: one that was deleted can be brought back for a while, to where it was. */
export type ChatFolderRecord = ChatFolder & { createdAt: number; deletedAt?: number; formerIndex?: number };

/** A run as kept, with the process that has it in hand. */
export interface RunRecord extends RunInfo {
  profileId: string;
  /** The API key that caused it; absent for people, and in runs of before it was noted. */
  keyId?: string;
  /** The id of the owning process; counts as dead when its heartbeat stops. */
  ownerId: string;
  /** Counts up whenever another process takes the run over. */
  epoch: number;
}

/** A node as kept: the key is sealed, in base64. */
export type NodeRecord = Omit<NodeInfo, "hasKey"> & { sealedKey?: string };

/** The models of a node when they were last asked for. */
export interface NodeModelsRecord {
  models: ModelInfo[];
  /** ms since 1970. */
  checkedAt: number;
}

/** An API key as kept: only the hash of its secret. */
export interface ApiKeyRecord {
  id: string;
  profileId: string;
  name: string;
  scopes: string[];
  prefix: string;
  hash: string;
  createdAt: number;
  lastUsedAt?: number;
  /** Whether another node goes on with answers that break off; since schema 2. */
  continuesAnswers: boolean;
  /** Absent for unlimited, as in keys of before there were limits. */
  requestsPerMinute?: number;
  tokensPerMinute?: number;
  /** ms since 1970; absent for never. */
  expiresAt?: number;
  /** Absent for any amount. */
  budgets?: Budgets;
}

/** What is used of the rate limits of a key or profile at a time, and not yet refilled. */
export interface RateUseRecord {
  /** ms since 1970. */
  at: number;
  requests: number;
  tokens: number;
}

/** Kinds of records with their current schema numbers. */
export const records = {
  chat: recordType<Chat>("chat"),
  chatFolder: recordType<ChatFolderRecord>("chat folder"),
  chatFolderOrder: recordType<string[]>("order of chat folders"),
  chatTag: recordType<ChatTag>("chat tag"),
  message: recordType<MessageRecord>("message"),
  branches: recordType<Branches>("message branches"),
  attachment: recordType<Attachment>("attachment"),
  run: recordType<RunRecord>("run"),
  runLog: recordType<SequencedEvent[]>("run log"),
  node: recordType<NodeRecord>("node"),
  nodeModels: recordType<NodeModelsRecord>("node models"),
  modelAlias: recordType<ModelAlias>("model alias"),
  apiKey: recordType<ApiKeyRecord>("API key", 2, {
    1: (key: Omit<ApiKeyRecord, "continuesAnswers">): ApiKeyRecord => ({ ...key, continuesAnswers: false }),
  }),
  rateUse: recordType<RateUseRecord>("rate limit's use"),
  settings: recordType<Partial<UiSettings>>("settings"),
  feed: recordType<FeedRing>("profile's latest events"),
} as const;
