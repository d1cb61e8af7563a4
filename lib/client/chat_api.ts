import type {
  Attachment,
  Chat,
  ChatExport,
  ChatList,
  ChatSearchHit,
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

  listChats(cursor?: string | null): Promise<ChatList> {
    return this.client.get(cursor ? `${CHATS}?cursor=${encodeURIComponent(cursor)}` : CHATS);
  }

  /** `key` makes a repeated attempt harmless. */
  createChat(body: CreateChatBody, key: string): Promise<Chat> {
    return this.client.post(CHATS, body, { headers: { "idempotency-key": key } });
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

  search(query: string, signal: AbortSignal): Promise<{ hits: ChatSearchHit[] }> {
    return this.client.get(`/api/chat/search?q=${encodeURIComponent(query)}`, { signal });
  }

  /** A page of the active branch: the last one, or the one above `before`. */
  messages(chatId: string, options: { before?: string; limit?: number } = {}): Promise<MessagePage> {
    const query = new URLSearchParams();
    if (options.before) query.set("before", options.before);
    if (options.limit) query.set("limit", String(options.limit));
    const search = query.toString();
    return this.client.get(`${chatPath(chatId)}/messages${search ? `?${search}` : ""}`);
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

  updateSettings(settings: Partial<UiSettings>): Promise<UiSettings> {
    return this.client.patch("/api/settings", settings);
  }
}

/** Where a chat's export is downloaded from. */
export function exportUrl(chatId: string, format: "html" | "markdown" | "json"): string {
  return `${chatPath(chatId)}/export?format=${format}`;
}

function chatPath(id: string): string {
  return `${CHATS}/${id}`;
}

function messagePath(chatId: string, messageId: string): string {
  return `${chatPath(chatId)}/messages/${messageId}`;
}
