import type {
  ConfigDraft,
  InheritedContent,
  ModelConfig,
  ModelDigests,
  SaveConfigBody,
} from "../../../shared/mod.ts";
import { ApiClient } from "../../api_client.ts";
import type { ModelAt } from "../models_api.ts";

const CONFIGS = "/api/models/configs";

/** The server's endpoints that the page of a model's configuration uses. */
export class ConfigsApi {
  readonly client: ApiClient;

  constructor(client: ApiClient = new ApiClient()) {
    this.client = client;
  }

  get(id: string): Promise<ModelConfig> {
    return this.client.get(`${CONFIGS}/${encodeURIComponent(id)}`);
  }

  /** What the page begins with; the configuration of a model whose id is not known. */
  draft(at: ModelAt): Promise<ConfigDraft> {
    return this.client.get(`${CONFIGS}/draft?${query(at)}`);
  }

  base(at: ModelAt): Promise<InheritedContent> {
    return this.client.get(`${CONFIGS}/base?${query(at)}`);
  }

  save(body: SaveConfigBody): Promise<ModelConfig> {
    return this.client.post(CONFIGS, body);
  }

  restore(id: string, number: number): Promise<ModelConfig> {
    return this.client.post(`${CONFIGS}/${encodeURIComponent(id)}/restore`, { number });
  }

  create(id: string, number: number, nodeIds: string[]): Promise<ModelConfig> {
    return this.client.post(`${CONFIGS}/${encodeURIComponent(id)}/create`, { number, nodeIds });
  }

  forget(id: string): Promise<void> {
    return this.client.delete(`${CONFIGS}/${encodeURIComponent(id)}`);
  }

  digests(at: ModelAt): Promise<ModelDigests> {
    return this.client.get(`/api/models/digests?${query(at)}`);
  }

  /** `changedAt` is the change that the person saw. */
  noted(at: ModelAt, changedAt: number): Promise<void> {
    return this.#post("/api/models/digests/noted", { ...at, changedAt });
  }

  pin(at: ModelAt): Promise<void> {
    return this.#post("/api/models/pins", at);
  }

  goBack(at: ModelAt, digest: string, keepCurrent: boolean): Promise<void> {
    return this.#post("/api/models/pins/restore", { ...at, digest, keepCurrent });
  }

  unpin(at: ModelAt, digest: string): Promise<void> {
    return this.client.delete(`/api/models/pins?${query(at)}&digest=${digest}`);
  }

  /** Deletes a copy that is kept as a base. */
  deleteModel(at: ModelAt): Promise<void> {
    return this.client.delete(`/api/models/installed?${query(at)}`);
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
