import type { ErrorBody } from "./errors.ts";
import type { AnswerMetrics, FinishReason, GenerationParameters, Usage } from "./generation.ts";
import type { Continuation, ToolStep } from "./run.ts";

/** How the answers of a chat are made; a chat's own over the person's over the file's defaults. */
export interface ChatSettings extends GenerationParameters {
  /** A model's id, or absent for the default. */
  model?: string;
  /** Holds the choice to one node; absent to let Freshet choose. */
  nodeId?: string;
  /** Whether nothing of the chat may go to nodes outside of this machine and its network; absent for the person's setting. */
  localOnly?: boolean;
  systemPrompt?: string;
  /** Names of the tools that the model may call. */
  tools?: string[];
}

/** A chat as listed and as opened; its messages come apart. */
export interface Chat {
  id: string;
  title: string;
  /** `auto` while Freshet may still give it a title. */
  titleSource: "auto" | "person";
  pinned: boolean;
  /** Temporary chats are not listed and are deleted after a day. */
  temporary: boolean;
  settings: ChatSettings;
  /** The folder that it lies in; absent for none. */
  folderId?: string;
  /** Its tags; ids of deleted ones may be among them. */
  tagIds?: string[];
  /** The last message of the active branch; null while the chat is empty. */
  activeLeafId: string | null;
  messageCount: number;
  /** ms since 1970. */
  createdAt: number;
  updatedAt: number;
  deletedAt?: number;
}

/** The colours of folders. */
export const FOLDER_COLORS = [
  "gray",
  "red",
  "orange",
  "yellow",
  "green",
  "teal",
  "blue",
  "purple",
  "pink",
] as const;

/** A folder for chats. */
export interface ChatFolder {
  id: string;
  name: string;
  color: (typeof FOLDER_COLORS)[number];
  /** The folder that it lies in; one that does holds no others. Absent at the top. */
  parentId?: string;
  /** Whether its chats are hidden in the sidebar. */
  collapsed: boolean;
}

/** A tag for chats. No two have names that differ in case only. */
export interface ChatTag {
  id: string;
  name: string;
}

/** A file given to a chat as context; its bytes and text are kept apart. */
export interface Attachment {
  id: string;
  name: string;
  mediaType: string;
  kind: "text" | "image" | "pdf";
  sizeBytes: number;
  /** An estimate of what it adds to the prompt. */
  tokens: number;
  createdAt: number;
}

/** Where a message stands: `streaming` while its run writes it. */
export type MessageStatus = "complete" | "streaming" | "cancelled" | "failed" | "interrupted";

/** A message of a chat's tree. */
export interface Message {
  id: string;
  chatId: string;
  /** The message before it; null for the first. */
  parentId: string | null;
  role: "user" | "assistant";
  /** The idempotency key that it was sent with, by which a page knows what it still took for unsent. */
  key?: string;
  status: MessageStatus;
  text: string;
  reasoning?: string;
  steps?: ToolStep[];
  attachments?: Attachment[];
  /** The run that writes or wrote it. */
  runId?: string;
  model?: string;
  nodeId?: string;
  nodeName?: string;
  /** Why this node was chosen, in words. */
  nodeReason?: string;
  /** Where other nodes went on with the answer, in their order. */
  continuations?: Continuation[];
  usage?: Usage;
  metrics?: AnswerMetrics;
  finishReason?: FinishReason;
  error?: ErrorBody;
  /** ms since 1970. */
  createdAt: number;
}

/** A message on the active branch, with its place among its siblings (edits and regenerations of one turn). */
export interface BranchMessage extends Message {
  siblings: { index: number; ids: string[] };
}

/** A page of the active branch, oldest first. */
export interface MessagePage {
  messages: BranchMessage[];
  /** The id to pass as `before` for the page above; null at the beginning. */
  before: string | null;
}

/** A hit of the search over titles and texts. */
export interface ChatSearchHit {
  chat: Chat;
  /** The message that matched, or absent where the title did. */
  messageId?: string;
  /** The words around the match. */
  excerpt: string;
}
