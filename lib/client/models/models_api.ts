import type { InstalledModels, ModelDetails, ModelDownload } from "../../shared/mod.ts";
import { ApiClient } from "../api_client.ts";

/** A model on one of the nodes. */
export interface ModelAt {
  nodeId: string;
  model: string;
}

/** The server's endpoints that the page of models uses. */
export class ModelsApi {
  readonly client: ApiClient;

  constructor(client: ApiClient = new ApiClient()) {
    this.client = client;
  }

  installed(): Promise<InstalledModels> {
    return this.client.get("/api/models/installed");
  }

  details(at: ModelAt): Promise<ModelDetails> {
    return this.client.get(`/api/models/details?${query(at)}`);
  }

  delete(at: ModelAt): Promise<void> {
    return this.client.delete(`/api/models/installed?${query(at)}`);
  }

  async copy(at: ModelAt, name: string): Promise<void> {
    await this.#post("/api/models/copy", { ...at, name });
  }

  async load(at: ModelAt, keepAlive?: string | number): Promise<void> {
    await this.#post("/api/models/load", { ...at, ...(keepAlive === undefined ? {} : { keepAlive }) });
  }

  async unload(at: ModelAt): Promise<void> {
    await this.#post("/api/models/unload", at);
  }

  async downloads(): Promise<ModelDownload[]> {
    return (await this.client.get<{ downloads: ModelDownload[] }>("/api/downloads")).downloads;
  }

  download(at: ModelAt): Promise<ModelDownload> {
    return this.client.post("/api/downloads", at);
  }

  setDownload(id: string, state: "paused" | "running"): Promise<ModelDownload> {
    return this.client.patch(`/api/downloads/${encodeURIComponent(id)}`, { state });
  }

  removeDownload(id: string): Promise<void> {
    return this.client.delete(`/api/downloads/${encodeURIComponent(id)}`);
  }

  /** For what answers nothing. */
  async #post(path: string, body: unknown): Promise<void> {
    const headers = { "content-type": "application/json" };
    await this.client.request(path, { method: "POST", body: JSON.stringify(body), headers });
  }
}

function query({ nodeId, model }: ModelAt): string {
  return `${new URLSearchParams({ nodeId, model })}`;
}
