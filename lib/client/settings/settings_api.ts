import type {
  ApiKeyOptions,
  ApiKeyView,
  ChatImportReport,
  ModelEntry,
  NodeBody,
  NodeInfo,
  NodeList,
  NodeStatus,
  NodeTest,
  UiSettings,
} from "../../shared/mod.ts";
import { ApiClient } from "../api_client.ts";
import { sendFile } from "./send_file.ts";

/** A new API key with its secret, which no later answer holds. */
export type MadeKey = ApiKeyView & { secret: string };

/** The server's endpoints that the settings' pages use. */
export class SettingsApi {
  readonly client: ApiClient;

  constructor(client: ApiClient = new ApiClient()) {
    this.client = client;
  }

  /** Arrives even when the page is left meanwhile. */
  async update(changes: Partial<UiSettings>): Promise<UiSettings> {
    const response = await this.client.request("/api/settings", {
      method: "PATCH",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(changes),
      keepalive: true,
    });
    return await response.json() as UiSettings;
  }

  async reset(): Promise<UiSettings> {
    const response = await this.client.request("/api/settings", { method: "DELETE" });
    return await response.json() as UiSettings;
  }

  models(): Promise<{ models: ModelEntry[] }> {
    return this.client.get("/api/models");
  }

  async nodes(): Promise<NodeList> {
    return { nodes: await this.client.get<NodeStatus[]>("/api/nodes") };
  }

  createNode(body: NodeBody): Promise<NodeInfo> {
    return this.client.post("/api/nodes", body);
  }

  updateNode(id: string, body: NodeBody): Promise<NodeInfo> {
    return this.client.patch(nodePath(id), body);
  }

  deleteNode(id: string): Promise<void> {
    return this.client.delete(nodePath(id));
  }

  testNode(id: string): Promise<NodeTest> {
    return this.client.post(`${nodePath(id)}/test`);
  }

  /** Tries out a server that is no node yet. */
  testServer(body: NodeBody): Promise<NodeTest> {
    return this.client.post("/api/nodes/test", body);
  }

  discover(): Promise<NodeList & { found: NodeInfo[] }> {
    return this.client.post("/api/nodes/discover");
  }

  createKey(name: string, scopes: string[], options: ApiKeyOptions): Promise<MadeKey> {
    return this.client.post("/api/keys", { name, scopes, ...options });
  }

  /** A limit of 0 takes it away. */
  updateKey(id: string, options: ApiKeyOptions): Promise<ApiKeyView> {
    return this.client.patch(keyPath(id), options);
  }

  rotateKey(id: string): Promise<MadeKey> {
    return this.client.post(`${keyPath(id)}/rotate`);
  }

  /** Imports an export of chats; `onProgress` is told how much of it is there, from 0 to 1. */
  importChats(
    file: File,
    onProgress: (part: number) => void,
    signal: AbortSignal,
  ): Promise<ChatImportReport> {
    return sendFile("/api/chat/imports", file, { onProgress, signal });
  }

  deleteKey(id: string): Promise<void> {
    return this.client.delete(keyPath(id));
  }
}

function keyPath(id: string): string {
  return `/api/keys/${encodeURIComponent(id)}`;
}

function nodePath(id: string): string {
  return `/api/nodes/${encodeURIComponent(id)}`;
}
