import type {
  Attachment,
  Chat,
  ChatExport,
  ChatFilter,
  ChatFolder,
  ChatList,
  ChatSearchHit,
  ChatTag,
  CreateChatBody,
  MessagePage,
  ModelEntry,
  RunSnapshot,
  SendMessageBody,
  StartedRun,
  UiSettings,
  UpdateChatBody,
} from "../shared/mod.ts";
import { ApiClient } from "./api_client.ts";

const CHATS = "/api/chat/sessions";

/** The server's endpoints that the chat page uses. */
export class ChatApi {
  readonly client: ApiClient;

  constructor(client: ApiClient = new ApiClient()) {
    this.client = client;
  }

  /** A page of the chats in no folder, or of those that a filter lets through. */
  listChats(cursor?: string | null, filter: ChatFilter = { folder: "none" }): Promise<ChatList> {
    return this.client.get(withQuery(CHATS, { ...filter, cursor }));
  }

  async folders(): Promise<ChatFolder[]> {
    return (await this.client.get<{ folders: ChatFolder[] }>("/api/chat/folders")).folders;
  }

  async tags(): Promise<ChatTag[]> {
    return (await this.client.get<{ tags: ChatTag[] }>("/api/chat/tags")).tags;
  }

  /** `key` makes a repeated attempt harmless. */
  createChat(body: CreateChatBody, key: string): Promise<Chat> {
    return this.client.post(CHATS, body, { headers: { "idempotency-key": key } });
  }

  chat(id: string): Promise<Chat> {
    return this.client.get(chatPath(id));
  }

  updateChat(id: string, body: UpdateChatBody): Promise<Chat> {
    return this.client.patch(chatPath(id), body);
  }

  deleteChat(id: string): Promise<void> {
    return this.client.delete(chatPath(id));
  }

  restoreChat(id: string): Promise<Chat> {
    return this.client.post(`${chatPath(id)}/restore`);
  }

  importChat(body: ChatExport): Promise<Chat> {
    return this.client.post("/api/chat/import", body);
  }

  search(query: string, signal: AbortSignal, filter: ChatFilter = {}): Promise<{ hits: ChatSearchHit[] }> {
    return this.client.get(withQuery("/api/chat/search", { q: query, ...filter }), { signal });
  }

  /** A page of the active branch: the last one, or the one above `before`. */
  messages(chatId: string, options: { before?: string; limit?: number } = {}): Promise<MessagePage> {
    return this.client.get(withQuery(`${chatPath(chatId)}/messages`, options));
  }

  /** `key` makes a repeated attempt harmless. */
  sendMessage(chatId: string, body: SendMessageBody, key: string): Promise<StartedRun> {
    return this.client.post(`${chatPath(chatId)}/messages`, body, { headers: { "idempotency-key": key } });
  }

  regenerate(chatId: string, messageId: string): Promise<StartedRun> {
    return this.client.post(`${messagePath(chatId, messageId)}/regenerate`);
  }

  continueMessage(chatId: string, messageId: string): Promise<StartedRun> {
    return this.client.post(`${messagePath(chatId, messageId)}/continue`);
  }

  /** Makes the branch through the message the active one. */
  selectMessage(chatId: string, messageId: string): Promise<MessagePage> {
    return this.client.post(`${messagePath(chatId, messageId)}/select`);
  }

  deleteMessage(chatId: string, messageId: string): Promise<void> {
    return this.client.delete(messagePath(chatId, messageId));
  }

  restoreMessage(chatId: string, messageId: string): Promise<unknown> {
    return this.client.post(`${messagePath(chatId, messageId)}/restore`);
  }

  run(runId: string, signal?: AbortSignal): Promise<RunSnapshot> {
    return this.client.get(`/api/runs/${runId}`, signal ? { signal } : {});
  }

  async cancelRun(runId: string): Promise<void> {
    await this.client.request(`/api/runs/${runId}/cancel`, { method: "POST" });
  }

  uploadAttachment(file: File, signal: AbortSignal): Promise<Attachment> {
    return this.client.upload("/api/attachments", file, { signal });
  }

  deleteAttachment(id: string): Promise<void> {
    return this.client.delete(`/api/attachments/${id}`);
  }

  models(): Promise<{ models: ModelEntry[]; defaultModel: string }> {
    return this.client.get("/api/models");
  }

  async discoverNodes(): Promise<void> {
    await this.client.request("/api/nodes/discover", { method: "POST" });
  }

  settings(): Promise<UiSettings> {
    return this.client.get("/api/settings");
  }

  updateSettings(settings: Partial<UiSettings>): Promise<UiSettings> {
    return this.client.patch("/api/settings", settings);
  }
}

/** Where a chat's export is downloaded from. */
export function exportUrl(chatId: string, format: "html" | "markdown" | "json"): string {
  return `${chatPath(chatId)}/export?format=${format}`;
}

function withQuery(path: string, values: Record<string, string | number | null | undefined>): string {
  const query = Object.entries(values).flatMap(([name, value]) =>
    value ? [`${name}=${encodeURIComponent(value)}`] : []
  ).join("&");
  return query ? `${path}?${query}` : path;
}

function chatPath(id: string): string {
  return `${CHATS}/${id}`;
}

function messagePath(chatId: string, messageId: string): string {
  return `${chatPath(chatId)}/messages/${messageId}`;
}
