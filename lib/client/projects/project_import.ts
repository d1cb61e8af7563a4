import { type ReadonlySignal, signal } from "@preact/signals";
import { FreshetError, PROJECT_LIMITS } from "../../shared/mod.ts";
import type { Translate } from "../../shared/texts/mod.ts";
import { formatBytes, formatCount } from "../format.ts";
import { folderOf, type FolderProblem, problemOfFolder } from "./folder_files.ts";
import type { ImportedProject, ProjectsApi } from "./projects_api.ts";

/** Characters of a project's name. */
const NAME_LENGTH = 100;

/** What a `ProjectImport` needs. */
export interface ProjectImportOptions {
  api: Pick<ProjectsApi, "importZip" | "importFiles">;
  t: Translate;
  /** "en" or "de". */
  language: string;
  onError(error: unknown): void;
}

/** What an import came to. */
export interface ImportOutcome {
  id: string;
  name: string;
  /** The paths of files that are no text and were left out. */
  skipped: string[];
}

/** Makes projects of ZIP archives and folders. */
export class ProjectImport {
  readonly #options: ProjectImportOptions;
  readonly #importing = signal<string | null>(null);

  constructor(options: ProjectImportOptions) {
    this.#options = options;
  }

  /** The name of what is being imported. */
  get importing(): ReadonlySignal<string | null> {
    return this.#importing;
  }

  /** Imports an archive; null where that failed. */
  async zip(file: File): Promise<ImportOutcome | null> {
    const name = file.name.replace(/\.zip$/i, "").slice(0, NAME_LENGTH);
    return await this.#run(name, async () => {
      if (file.size > PROJECT_LIMITS.totalBytes) this.#refuse("tooLarge", 1, file.size);
      return await this.#options.api.importZip(file, name);
    });
  }

  /** Imports the files of a folder, as a browser gives them. */
  async folder(chosen: readonly File[]): Promise<ImportOutcome | null> {
    const folder = folderOf(chosen);
    return await this.#run(folder.name, async () => {
      const problem = problemOfFolder(folder);
      if (problem) this.#refuse(problem, folder.files.size, folder.size);
      return await this.#options.api.importFiles(folder.files, folder.name.slice(0, NAME_LENGTH));
    }, folder.skipped);
  }

  async #run(
    name: string,
    send: () => Promise<ImportedProject>,
    unsent: readonly string[] = [],
  ): Promise<ImportOutcome | null> {
    if (this.#importing.peek() !== null) return null;
    this.#importing.value = name;
    try {
      const { project, skipped } = await send();
      return { id: project.id, name: project.name, skipped: [...unsent, ...skipped.map(({ path }) => path)] };
    } catch (error) {
      this.#options.onError(error);
      return null;
    } finally {
      this.#importing.value = null;
    }
  }

  #refuse(problem: FolderProblem, count: number, size: number): never {
    const { t, language } = this.#options;
    const message = problem === "empty"
      ? t("projects.import.empty")
      : problem === "tooMany"
      ? t("projects.import.tooMany", {
        count: formatCount(count, language),
        limit: formatCount(PROJECT_LIMITS.files, language),
      })
      : t("projects.import.tooLarge", {
        size: formatBytes(size, language),
        limit: formatBytes(PROJECT_LIMITS.totalBytes, language),
      });
    throw new FreshetError("payload_too_large", message);
  }
}
