import type { FileOperation } from "../../../shared/mod.ts";
import { ApiClient } from "../../api_client.ts";

/** How a file of one version differs from another version's. */
export interface FileComparison {
  path: string;
  operation: FileOperation | "renamed";
  /** The path that a renamed file had. */
  from?: string;
  /** Its content in the first version; null where it is not in it. */
  before: string | null;
  /** The same in the second. */
  after: string | null;
  addedLines: number;
  removedLines: number;
}

/** The server's endpoint of comparisons. */
export class DiffApi {
  readonly #client: ApiClient;

  constructor(client: ApiClient = new ApiClient()) {
    this.#client = client;
  }

  /** What is different in the version `after`, by path. */
  async compare(projectId: string, before: string, after: string): Promise<FileComparison[]> {
    const { files } = await this.#client.get<{ files: FileComparison[] }>(
      `/api/projects/${projectId}/versions/${before}/diff/${after}`,
    );
    return files;
  }
}
