import type { ProjectPage } from "../../shared/mod.ts";
import type { Clock } from "../clock.ts";
import type { FileStore } from "./file_store.ts";
import type { LiveVersion } from "./live_version.ts";
import type { StudioApi } from "./studio_api.ts";

/** What `Settling` needs. */
export interface SettlingOptions {
  api: StudioApi;
  clock: Clock;
  store: FileStore;
  /** The version's record and its files are here. */
  onSettled(live: LiveVersion, page: ProjectPage): void;
}

/** ms after which a version that has just ended is asked for again, where the server had not written it yet. */
const SETTLE_MS = [100, 400, 1500];

/** Versions whose run has ended: fetches their final record and their files, once for each. */
export class Settling {
  readonly #options: SettlingOptions;
  readonly #settling = new Set<string>();

  constructor(options: SettlingOptions) {
    this.#options = options;
  }

  async settle(live: LiveVersion): Promise<void> {
    const { id, projectId } = live.version;
    if (this.#settling.has(id)) return;
    this.#settling.add(id);
    try {
      const page = await this.#finalPage(projectId, id);
      // A version that failed may have no files at all.
      await this.#options.store.load(projectId, id).catch(() => undefined);
      this.#options.onSettled(live, page);
    } finally {
      this.#settling.delete(id);
    }
  }

  async #finalPage(projectId: string, versionId: string): Promise<ProjectPage> {
    const { api, clock } = this.#options;
    let page = await api.page(projectId);
    for (const ms of SETTLE_MS) {
      if (page.versions.find(({ id }) => id === versionId)?.status !== "generating") break;
      await new Promise<void>((resolve) => clock.after(ms, resolve));
      page = await api.page(projectId);
    }
    return page;
  }
}
