import type {
  Attachment,
  Chat,
  ChatList,
  FileEntry,
  FileFolder,
  FileListing,
  FilePreview,
  StartedRun,
  TrashedFile,
} from "../../shared/mod.ts";
import { ApiClient } from "../api_client.ts";
import { contentHref } from "./addresses.ts";

/** The server's endpoints that the page of files uses. */
export class FilesApi {
  readonly client: ApiClient;

  constructor(client: ApiClient = new ApiClient()) {
    this.client = client;
  }

  addFolder(path: string, confirmed: boolean): Promise<FileFolder> {
    return this.client.post("/api/folders", { path, confirmed });
  }

  removeFolder(id: string): Promise<void> {
    return this.client.delete(`/api/folders/${id}`);
  }

  list(folderId: string, path: string, signal?: AbortSignal): Promise<FileListing> {
    return this.client.get(at(folderId, "entries", { path }), signal ? { signal } : {});
  }

  /** What is shown of a file; the pages of a PDF are drawn here, so that its text is not asked for. */
  preview(folderId: string, path: string, signal?: AbortSignal): Promise<FilePreview> {
    return this.client.get(at(folderId, "preview", { path, documents: "0" }), signal ? { signal } : {});
  }

  /** The same with the text of a PDF. */
  previewText(folderId: string, path: string, signal?: AbortSignal): Promise<FilePreview> {
    return this.client.get(at(folderId, "preview", { path }), signal ? { signal } : {});
  }

  move(folderId: string, from: string, to: string, toFolderId = folderId): Promise<FileEntry> {
    return this.client.post(at(folderId, "move"), { from, to, toFolderId });
  }

  makeFolder(folderId: string, path: string): Promise<FileEntry> {
    return this.client.post(at(folderId, "folders"), { path });
  }

  async remove(folderId: string, path: string): Promise<TrashedFile> {
    const response = await this.client.request(at(folderId, "entries", { path }), { method: "DELETE" });
    return await response.json();
  }

  /** Writes a file. With a `version`, only over the content that it names. */
  async write(
    folderId: string,
    path: string,
    body: Blob | string,
    { replace, version, signal }: { replace: boolean; version?: string; signal?: AbortSignal },
  ): Promise<FileEntry> {
    const query = new URLSearchParams({ replace: replace ? "1" : "0" });
    if (version !== undefined) query.set("version", version);
    const headers = { "content-type": "application/octet-stream" };
    const init = { method: "PUT", body, headers };
    const response = await this.client.request(
      `${contentHref(folderId, path)}&${query}`,
      init,
      signal ? { signal } : {},
    );
    return await response.json();
  }

  /** What a search finds, as server-sent events. */
  search(
    folderId: string,
    query: { path: string; q: string; contents: boolean },
    signal: AbortSignal,
  ): Promise<Response> {
    const { path, q, contents } = query;
    const url = at(folderId, "search", { path, q, contents: contents ? "1" : "0" });
    return this.client.request(url, { headers: { accept: "text/event-stream" } }, { signal });
  }

  attach(folderId: string, path: string): Promise<Attachment> {
    return this.client.post(at(folderId, "attach"), { path });
  }

  async chats(): Promise<Chat[]> {
    return (await this.client.get<ChatList>("/api/chat/sessions")).chats;
  }

  createChat(): Promise<Chat> {
    return this.client.post("/api/chat/sessions", {});
  }

  sendMessage(chatId: string, text: string, attachmentIds: string[], key: string): Promise<StartedRun> {
    const body = { text, attachmentIds };
    return this.client.post(`/api/chat/sessions/${chatId}/messages`, body, {
      headers: { "idempotency-key": key },
    });
  }

  restore(trashId: string): Promise<TrashedFile> {
    return this.client.post(`/api/trash/${trashId}/restore`);
  }

  deleteTrashed(trashId: string): Promise<void> {
    return this.client.delete(`/api/trash/${trashId}`);
  }

  emptyTrash(): Promise<void> {
    return this.client.delete("/api/trash");
  }
}

function at(folderId: string, operation: string, query?: Record<string, string>): string {
  const search = query ? `?${new URLSearchParams(query)}` : "";
  return `/api/folders/${encodeURIComponent(folderId)}/${operation}${search}`;
}
