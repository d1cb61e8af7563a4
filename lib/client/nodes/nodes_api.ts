import type {
  ModelAlias,
  NodeBody,
  NodeDecision,
  NodeInfo,
  NodeLogView,
  NodeStatus,
  NodeTest,
} from "../../shared/mod.ts";
import { ApiClient } from "../api_client.ts";
import type { Tiers } from "./tiers.ts";

/** The server's endpoints that the page of nodes uses. */
export class NodesApi {
  readonly client: ApiClient;

  constructor(client: ApiClient = new ApiClient()) {
    this.client = client;
  }

  nodes(): Promise<NodeStatus[]> {
    return this.client.get("/api/nodes");
  }

  /** What changes on the nodes, as server-sent events. */
  events(signal: AbortSignal): Promise<Response> {
    const headers = { accept: "text/event-stream" };
    return this.client.request("/api/nodes/events", { headers }, { signal });
  }

  async decisions(nodeId: string): Promise<NodeDecision[]> {
    const path = `/api/nodes/decisions?nodeId=${encodeURIComponent(nodeId)}`;
    return (await this.client.get<{ decisions: NodeDecision[] }>(path)).decisions;
  }

  /** What was seen of a node. */
  log(nodeId: string): Promise<NodeLogView> {
    return this.client.get(`/api/nodes/${encodeURIComponent(nodeId)}/log`);
  }

  /** Puts the named nodes in these tiers; all nodes as they stand then. */
  async reorder(tiers: Tiers): Promise<NodeInfo[]> {
    return (await this.client.put<{ nodes: NodeInfo[] }>("/api/nodes/order", { tiers })).nodes;
  }

  update(id: string, body: NodeBody): Promise<NodeInfo> {
    return this.client.patch(`/api/nodes/${encodeURIComponent(id)}`, body);
  }

  test(id: string): Promise<NodeTest> {
    return this.client.post(`/api/nodes/${encodeURIComponent(id)}/test`);
  }

  cancelQueued(callId: string): Promise<void> {
    return this.client.delete(`/api/queue/${encodeURIComponent(callId)}`);
  }

  async aliases(): Promise<ModelAlias[]> {
    return (await this.client.get<{ aliases: ModelAlias[] }>("/api/aliases")).aliases;
  }

  setAlias(name: string, models: readonly string[]): Promise<ModelAlias> {
    return this.client.put(`/api/aliases/${encodeURIComponent(name)}`, { models });
  }

  deleteAlias(name: string): Promise<void> {
    return this.client.delete(`/api/aliases/${encodeURIComponent(name)}`);
  }
}
