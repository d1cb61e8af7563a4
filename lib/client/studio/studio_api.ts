import type {
  CreatedVersion,
  CreateVersionBody,
  Project,
  ProjectKind,
  ProjectPage,
  RunSnapshot,
  Version,
  VersionFiles,
} from "../../shared/mod.ts";
import { ApiClient } from "../api_client.ts";

/** What of a project can be changed; only what is given changes. */
export interface ProjectChanges {
  name?: string;
  kinds?: ProjectKind[];
  model?: string;
  lockedPaths?: string[];
  activeBranch?: string;
}

/** The server's endpoints that a project's page uses. */
export class StudioApi {
  readonly client: ApiClient;

  constructor(client: ApiClient = new ApiClient()) {
    this.client = client;
  }

  page(projectId: string): Promise<ProjectPage> {
    return this.client.get(projectPath(projectId));
  }

  updateProject(projectId: string, changes: ProjectChanges): Promise<Project> {
    return this.client.patch(projectPath(projectId), changes);
  }

  /** Makes a version, or queues its prompt. The same `key` makes it once, however often it is sent. */
  createVersion(projectId: string, body: CreateVersionBody, key: string): Promise<CreatedVersion> {
    return this.client.post(`${projectPath(projectId)}/versions`, body, {
      headers: { "idempotency-key": key },
    });
  }

  updateVersion(version: Version, changes: { starred?: boolean; note?: string }): Promise<Version> {
    return this.client.patch(versionPath(version.projectId, version.id), changes);
  }

  files(projectId: string, versionId: string): Promise<VersionFiles> {
    return this.client.get(`${versionPath(projectId, versionId)}/files`);
  }

  createBranch(projectId: string, name: string, versionId: string): Promise<Project> {
    return this.client.post(`${projectPath(projectId)}/branches`, { name, versionId });
  }

  removeQueued(projectId: string, promptId: string): Promise<void> {
    return this.client.delete(`${projectPath(projectId)}/queue/${encodeURIComponent(promptId)}`);
  }

  run(runId: string): Promise<RunSnapshot> {
    return this.client.get(`/api/runs/${runId}`);
  }

  async cancelRun(runId: string): Promise<void> {
    await this.client.request(`/api/runs/${runId}/cancel`, { method: "POST" });
  }

  /** The events of all runs of a project, from after `lastEventId` where given. */
  stream(projectId: string, lastEventId: string | undefined, signal: AbortSignal): Promise<Response> {
    return this.client.request(`/api/stream/${projectId}`, {
      headers: { accept: "text/event-stream", ...(lastEventId ? { "last-event-id": lastEventId } : {}) },
    }, { signal });
  }
}

/** Where a version can be downloaded as a ZIP. */
export function zipUrl(version: Version): string {
  return `${versionPath(version.projectId, version.id)}/zip`;
}

function projectPath(projectId: string): string {
  return `/api/projects/${projectId}`;
}

function versionPath(projectId: string, versionId: string): string {
  return `${projectPath(projectId)}/versions/${versionId}`;
}
