import type { ProcessRequest, ProcessResponse, ProjectProcess, SavedRequest } from "../../../shared/mod.ts";
import { ApiClient } from "../../api_client.ts";

/** Something that an API answers. */
export interface ApiRoute {
  /** In upper case; `ALL` for every one. */
  method: string;
  path: string;
}

/** The routes of an API, or why they cannot be told. */
export interface RouteList {
  routes: ApiRoute[];
  reason?: string;
}

/** The server's endpoints of processes and of the requests to them. */
export class RunApi {
  readonly #client: ApiClient;

  constructor(client: ApiClient = new ApiClient()) {
    this.#client = client;
  }

  processes(projectId: string): Promise<ProjectProcess[]> {
    return this.#client.get(processesPath(projectId));
  }

  start(projectId: string, versionId: string): Promise<ProjectProcess> {
    return this.#client.post(processesPath(projectId), { versionId });
  }

  stop(projectId: string, processId: string): Promise<void> {
    return this.#client.delete(processPath(projectId, processId));
  }

  /** Events `log` and `exit`, from after `lastEventId` where given. */
  logs(
    projectId: string,
    processId: string,
    lastEventId: string | undefined,
    signal: AbortSignal,
  ): Promise<Response> {
    return this.#client.request(`${processPath(projectId, processId)}/logs`, {
      headers: { accept: "text/event-stream", ...(lastEventId ? { "last-event-id": lastEventId } : {}) },
    }, { signal });
  }

  routes(projectId: string, processId: string): Promise<RouteList> {
    return this.#client.get(`${processPath(projectId, processId)}/routes`);
  }

  send(projectId: string, processId: string, request: ProcessRequest): Promise<ProcessResponse> {
    return this.#client.post(`${processPath(projectId, processId)}/requests`, request);
  }

  savedRequests(projectId: string): Promise<SavedRequest[]> {
    return this.#client.get(requestsPath(projectId));
  }

  async saveRequests(projectId: string, requests: readonly SavedRequest[]): Promise<void> {
    await this.#client.request(requestsPath(projectId), {
      method: "PUT",
      body: JSON.stringify(requests),
      headers: { "content-type": "application/json" },
    });
  }
}

function processesPath(projectId: string): string {
  return `/api/projects/${projectId}/processes`;
}

function processPath(projectId: string, processId: string): string {
  return `${processesPath(projectId)}/${processId}`;
}

function requestsPath(projectId: string): string {
  return `/api/projects/${projectId}/requests`;
}
