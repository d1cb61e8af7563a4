import type { CreatedVersion, CreateProjectBody, Project, ProjectList } from "../../shared/mod.ts";
import { ApiClient } from "../api_client.ts";

const PROJECTS = "/api/projects";

/** What asks for a part of the list. */
export interface ProjectQuery {
  /** Words of the name; "" for all. */
  query?: string;
  cursor?: string | undefined;
}

/** A project out of an archive or a folder, and what of it is no text and was left out. */
export interface ImportedProject extends CreatedVersion {
  skipped: { path: string }[];
}

/** The server's endpoints for projects as a whole. */
export class ProjectsApi {
  readonly client: ApiClient;

  constructor(client: ApiClient = new ApiClient()) {
    this.client = client;
  }

  list({ query, cursor }: ProjectQuery, signal?: AbortSignal): Promise<ProjectList> {
    return this.client.get(projectsUrl(PROJECTS, { query: query ?? "", cursor }), signal ? { signal } : {});
  }

  /** `key` makes a repeated attempt harmless. */
  create(body: CreateProjectBody, key: string): Promise<CreatedVersion> {
    return this.client.post(PROJECTS, body, { headers: { "idempotency-key": key } });
  }

  rename(id: string, name: string): Promise<Project> {
    return this.client.patch(pathOf(id), { name });
  }

  duplicate(id: string): Promise<unknown> {
    return this.client.post(`${pathOf(id)}/duplicate`);
  }

  delete(id: string): Promise<void> {
    return this.client.delete(pathOf(id));
  }

  restore(id: string): Promise<unknown> {
    return this.client.post(`${pathOf(id)}/restore`);
  }

  /** Makes a project of a ZIP archive. */
  async importZip(file: Blob, name: string): Promise<ImportedProject> {
    const response = await this.client.request(`${PROJECTS}/import?name=${encodeURIComponent(name)}`, {
      method: "POST",
      headers: { "content-type": "application/zip" },
      body: file,
    });
    return await response.json() as ImportedProject;
  }

  /** Makes a project of files by their paths in it. */
  async importFiles(files: ReadonlyMap<string, File>, name: string): Promise<ImportedProject> {
    const body = new FormData();
    for (const [path, file] of files) body.append(path, file, file.name);
    const response = await this.client.request(`${PROJECTS}/import?name=${encodeURIComponent(name)}`, {
      method: "POST",
      body,
    });
    return await response.json() as ImportedProject;
  }
}

/** The address of a part of the list, of the API or of the page. */
export function projectsUrl(path: string, { query = "", cursor }: ProjectQuery): string {
  const search = new URLSearchParams();
  if (query) search.set("q", query);
  if (cursor) search.set("cursor", cursor);
  return search.size > 0 ? `${path}?${search}` : path;
}

function pathOf(id: string): string {
  return `${PROJECTS}/${encodeURIComponent(id)}`;
}
