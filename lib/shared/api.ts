import type {
  Attachment,
  BranchMessage,
  Chat,
  ChatFolder,
  ChatSettings,
  ChatTag,
  Message,
  MessagePage,
} from "./chat.ts";
import type { Benchmark } from "./benchmarks.ts";
import type { ModelChange, ModelCreation } from "./model_configs/mod.ts";
import type { BudgetPeriod, Budgets, Spent } from "./budgets.ts";
import type { ModelDownload } from "./models.ts";
import type { ModelEntry, NodeView } from "./node.ts";
import type { RunInfo, RunState } from "./run.ts";
import type { Features } from "./features.ts";
import type { UiSettings } from "./settings.ts";
import type { SystemAlert } from "./system.ts";

/** `POST /api/chat/sessions`. */
export interface CreateChatBody {
  title?: string;
  temporary?: boolean;
  settings?: ChatSettings;
  folderId?: string;
  tagIds?: string[];
}

/** `PATCH /api/chat/sessions/:id`: only what is given changes; `settings` is replaced whole. */
export interface UpdateChatBody {
  title?: string;
  pinned?: boolean;
  settings?: ChatSettings;
  /** null takes it out of its folder. */
  folderId?: string | null;
  /** Moves it only while it is in this folder (null: in none); `conflict` where somebody else has moved it since. */
  fromFolderId?: string | null;
  /** Replaced whole; to change single ones beside others who do so, add and remove them. */
  tagIds?: string[];
  addTagIds?: string[];
  removeTagIds?: string[];
}

/** Which chats are listed or searched. */
export interface ChatFilter {
  /** A folder's id, or "none" for the chats in no folder. */
  folder?: string;
  /** A tag's id. */
  tag?: string;
}

/** `POST /api/chat/folders`. */
export interface CreateFolderBody {
  name: string;
  color?: ChatFolder["color"];
  parentId?: string;
}

/** `PATCH /api/chat/folders/:id`: only what is given changes. */
export interface UpdateFolderBody {
  name?: string;
  color?: ChatFolder["color"];
  collapsed?: boolean;
  /** null moves it to the top. */
  parentId?: string | null;
  /** The folder before which it is to stand; null for the end. */
  before?: string | null;
}

/** `GET /api/chat/sessions`: newest first, pinned ones before all. */
export interface ChatList {
  chats: Chat[];
  /** Pass as `cursor` for more; null at the end. */
  cursor: string | null;
}

/**
 * `POST /api/chat/sessions/:id/messages`, with an `Idempotency-Key` header. An edit is a message with the `parentId` of the
 * one it replaces (null for the first); without `parentId` it goes below the active leaf.
 */
export interface SendMessageBody {
  text: string;
  parentId?: string | null;
  attachmentIds?: string[];
  /** Kept as the chat's settings from here on. */
  settings?: ChatSettings;
}

/** The answer to a message, a regeneration or a continuation: the run goes on by itself. */
export interface StartedRun {
  chat: Chat;
  /** The person's message, where one was made. */
  user?: BranchMessage;
  assistant: BranchMessage;
  run: RunInfo;
}

/** `GET /api/runs/:id`: the polling fallback, and what a page that is opened in mid-stream starts from. */
export interface RunSnapshot {
  run: RunInfo;
  /** Covers the log up to `state.seq`; subscribe with `Last-Event-ID: runId.seq`. */
  state: RunState;
}

/** What `GET /api/events` tells every open page of a profile (SSE; `event` is the type, `data` the JSON of this). */
export type ProfileEvent =
  | { type: "chat:changed"; chat: Chat }
  | { type: "chat:deleted"; chatId: string }
  | { type: "messages:changed"; chatId: string; runId?: string }
  /** `moved` where chats went into a folder or out of one without a word of their own. */
  | { type: "folders:changed"; moved?: true }
  | { type: "tags:changed" }
  | { type: "project:changed"; projectId: string }
  | { type: "nodes:changed" }
  | { type: "download:changed"; download: ModelDownload }
  | { type: "download:removed"; downloadId: string }
  | { type: "benchmark:changed"; benchmark: BenchmarkProgress }
  | { type: "benchmark:removed"; benchmarkId: string }
  | { type: "model:changed"; change: ModelChange }
  | { type: "model_config:changed"; configId: string; creation?: ModelCreation }
  | { type: "settings:changed"; settings: UiSettings }
  | { type: "system:alert"; alert: SystemAlert };

/** How far a benchmark is; the figures are asked for. */
export type BenchmarkProgress = Pick<Benchmark, "id" | "state" | "done" | "total" | "failed" | "updatedAt">;

/** A tool as the settings panel lists it. */
export interface ToolView {
  name: string;
  title: string;
  description: string;
}

/** What the chat page is rendered from, on the server and in the browser. */
export interface ChatPageData {
  /** Whose page it is. */
  profileId: string;
  /** Absent on `/`, where the first message makes a chat. */
  chat: Chat | null;
  page: MessagePage;
  /** The run that writes the last message, while it runs. */
  running: RunSnapshot | null;
  /** The chats in no folder. */
  chats: ChatList;
  folders: ChatFolder[];
  /** The beginning of what is in folders that are open, by their ids. */
  folderChats: Record<string, ChatList>;
  tags: ChatTag[];
  models: ModelEntry[];
  /** The model that answers when neither the chat nor the person chose one. */
  defaultModel: string;
  tools: ToolView[];
  settings: UiSettings;
  features: Features;
  /** Whether who asks may add model servers. */
  canConnect: boolean;
  /** "en" or "de". */
  language: string;
}

/** `GET /api/nodes`. */
export interface NodeList {
  nodes: NodeView[];
}

/** `POST /api/nodes` and `PATCH /api/nodes/:id`. An absent key is kept; "" removes it. */
export interface NodeBody {
  name?: string;
  kind?: string;
  baseUrl?: string;
  apiKey?: string;
  enabled?: boolean;
  priority?: number;
  weight?: number;
  concurrency?: number;
  tags?: string[];
  draining?: boolean;
  inferenceProvider?: string;
}

/** `POST /api/nodes/:id/test` and `POST /api/nodes/test`. */
export interface NodeTest {
  ok: boolean;
  /** In words. */
  message: string;
  /** What the person can do about a failure. */
  hint?: string;
  latencyMs: number;
  models: string[];
}

/** How much of the models may be used in a minute; 0 or absent for unlimited. */
export interface RateLimits {
  requestsPerMinute?: number;
  /** Of prompts and answers. */
  tokensPerMinute?: number;
}

/** What may be chosen for an API key, and changed. */
export interface ApiKeyOptions extends RateLimits {
  /** Whether another node goes on with a `/v1` answer that breaks off; no unless told, and each request may say otherwise. */
  continuesAnswers?: boolean;
  /** When it ends, in ms since 1970; 0 for never. */
  expiresAt?: number;
  /** Replaced whole; an amount of 0 is none. */
  budgets?: Budgets;
}

/** An API key as listed: its secret is shown once, when it is made or gets a new one. */
export interface ApiKeyView extends RateLimits {
  id: string;
  name: string;
  scopes: string[];
  /** The first characters, to tell keys apart. */
  prefix: string;
  createdAt: number;
  lastUsedAt?: number;
  continuesAnswers: boolean;
  /** ms since 1970; absent for never. */
  expiresAt?: number;
  budgets?: Budgets;
  /** In the present day and month of UTC and in all; absent where it was never used and has no budget. */
  spent?: Record<BudgetPeriod, Spent>;
}

/** One chat as exported and imported: every branch, with its files' texts but not their bytes. */
export interface ChatExport {
  format: "freshet-chat";
  version: 1;
  exportedAt: number;
  /** With its id, so that it is found again where it is imported twice; exports of before have none. */
  chat: Pick<Chat, "title" | "settings" | "createdAt" | "updatedAt" | "activeLeafId"> & {
    id?: string;
    pinned?: boolean;
    /** The names of the folders that it lies in, the outer one first. */
    folder?: string[];
    tags?: string[];
  };
  messages: Message[];
  attachments: (Attachment & { text?: string })[];
}

/** What an import of chats does not take over. */
export type LeftOutKind = "images" | "files" | "toolSteps" | "unreadable" | "detached";

/** Why a chat of an export was not imported. */
export type ImportProblem = "unknownFormat" | "empty" | "tooLarge" | "notATree" | "cutOff";

/** What came of importing an export with many chats. */
export interface ChatImportReport {
  /** Chats and messages that were made. */
  chats: number;
  messages: number;
  /** Chats that were here already and were left as they are. */
  existing: number;
  /** How many things of each kind were left out of the chats that were made. */
  leftOut: Partial<Record<LeftOutKind, number>>;
  /** Chats that were not imported; the first of them by name. */
  failed: number;
  problems: { title: string; problem: ImportProblem }[];
}
