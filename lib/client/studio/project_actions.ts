import type { ReadonlySignal, Signal } from "@preact/signals";
import {
  type CreatedVersion,
  type CreateVersionBody,
  FreshetError,
  type Project,
  type ProjectFile,
  type ProjectKind,
  type Version,
} from "../../shared/mod.ts";
import type { Translate } from "../../shared/texts/mod.ts";
import { copyText } from "../clipboard.ts";
import type { Toasts } from "../toasts.ts";
import type { CodeModel } from "./code_model.ts";
import type { Contents, FileStore } from "./file_store.ts";
import type { LiveVersion } from "./live_version.ts";
import type { ProjectChanges, StudioApi } from "./studio_api.ts";
import { branchOf } from "./version_list.ts";
import type { WorkspaceLayout } from "./workspace_layout.ts";

/** What of a project's page `ProjectActions` acts on. */
export interface ActionParts {
  readonly api: StudioApi;
  readonly t: Translate;
  readonly toasts: Toasts;
  readonly project: Signal<Project>;
  readonly versions: ReadonlySignal<readonly Version[]>;
  readonly branch: ReadonlySignal<string>;
  readonly branchLive: ReadonlySignal<LiveVersion | null>;
  readonly store: FileStore;
  readonly code: CodeModel;
  readonly layout: WorkspaceLayout;
  readonly comparison: Signal<{ from: string; to: string } | null>;
  /** Shows a version. */
  select(versionId: string): void;
  /** Takes a version that was changed. */
  put(version: Version): void;
  /** Sends a request for a version, and shows what comes of it. */
  create(body: CreateVersionBody, onMade?: (version: Version) => void): Promise<CreatedVersion>;
  /** Tells of a failure. */
  report(error: unknown): void;
}

/** What a person does to a project and its versions. Failures are told in toasts. */
export class ProjectActions {
  readonly #model: ActionParts;

  constructor(model: ActionParts) {
    this.#model = model;
  }

  rename(name: string): Promise<void> {
    const { project } = this.#model;
    const trimmed = name.trim();
    if (trimmed === "" || trimmed === project.peek().name) return Promise.resolve();
    return this.#change({ name: trimmed });
  }

  /** Asks another model from now on. */
  chooseModel(model: string): Promise<void> {
    return this.#change({ model });
  }

  /** Says what the project is for; it stays at least one of both. */
  toggleKind(kind: ProjectKind): Promise<void> {
    const { kinds } = this.#model.project.peek();
    const without = kinds.filter((other) => other !== kind);
    if (kinds.includes(kind)) {
      return without.length > 0 ? this.#change({ kinds: without }) : Promise.resolve();
    }
    return this.#change({ kinds: [...kinds, kind] });
  }

  /** Lets models touch a file, or keeps them from it. */
  toggleLock(path: string): Promise<void> {
    const { lockedPaths } = this.#model.project.peek();
    const locked = lockedPaths.includes(path);
    return this.#change({
      lockedPaths: locked ? lockedPaths.filter((other) => other !== path) : [...lockedPaths, path],
    });
  }

  /** Goes on with another branch, and shows its newest version unless told otherwise. */
  async goTo(branch: string, show = true): Promise<void> {
    const { project } = this.#model;
    if (branch === project.peek().activeBranch) return;
    await this.#change({ activeBranch: branch });
    const { generatingId, headId } = branchOf(project.peek(), branch) ?? {};
    const id = generatingId ?? headId;
    if (show && id) this.#model.select(id);
  }

  /** Makes a branch that goes on from a version. */
  branchFrom(version: Version, name: string): Promise<void> {
    return this.#try(async ({ api, project, t, toasts }) => {
      project.value = await api.createBranch(version.projectId, name.trim(), version.id);
      if (project.peek().activeBranch !== name.trim()) await this.goTo(name.trim(), false);
      this.#model.select(version.id);
      toasts.show({ kind: "success", message: t("studio.branched", { branch: name.trim() }) });
    });
  }

  /** Adds a version that is like an earlier one. */
  restore(version: Version): Promise<void> {
    return this.#try(async (model) => {
      const contents = model.store.contents.peek().get(version.id);
      const branch = model.branch.peek();
      await model.create({ origin: "restore", versionId: version.id, branch }, (made) => {
        if (contents) model.store.seed(made.id, contents);
      });
      model.toasts.show({
        kind: "success",
        message: model.t("studio.restored", { version: `v${version.number}` }),
      });
    });
  }

  /** Adds a version that has one file as it is in another version. */
  takeFile(path: string, versionId: string): Promise<void> {
    return this.#try(async (model) => {
      const branch = model.branch.peek();
      const { version } = await model.create({ origin: "restore", versionId, branch, paths: [path] });
      model.toasts.show({
        kind: "success",
        message: model.t("studio.fileTaken", { path, version: `v${version?.number ?? ""}` }),
      });
    });
  }

  /** Asks the model for a version once more. */
  retry(version: Version): Promise<void> {
    return this.#try(async (model) => void await model.create({ origin: "retry", versionId: version.id }));
  }

  /** Stops the making of the branch's version; what is finished is kept. */
  stop(): Promise<void> {
    return this.#try(async ({ api, branchLive }) => {
      const live = branchLive.peek();
      if (live) await api.cancelRun(live.runId);
    });
  }

  star(version: Version): Promise<void> {
    return this.#changeVersion(version, { starred: !version.starred });
  }

  note(version: Version, note: string): Promise<void> {
    return this.#changeVersion(version, { note: note.trim() });
  }

  removeQueued(promptId: string): Promise<void> {
    return this.#try(async ({ api, project }) => {
      const before = project.peek();
      const without = before.branches.map((branch) => ({
        ...branch,
        queue: branch.queue.filter(({ id }) => id !== promptId),
      }));
      project.value = { ...before, branches: without };
      try {
        await api.removeQueued(before.id, promptId);
      } catch (error) {
        // It may have begun in the meantime.
        if (!(error instanceof FreshetError) || error.code !== "not_found") project.value = before;
        throw error;
      }
    });
  }

  /** Puts all files of a version on the clipboard, each below its path. */
  copyAll(version: Version): Promise<void> {
    return this.#try(async ({ store, t, toasts }) => {
      const contents = await store.load(version.projectId, version.id);
      const copied = await copyText(allFiles([...contents].map(([path, content]) => ({ path, content }))));
      toasts.show({
        kind: copied ? "success" : "error",
        message: t(copied ? "studio.copiedAll" : "studio.notCopied", { count: contents.size }),
      });
    });
  }

  /** Opens the comparison of a version with the one before it. */
  compare(version: Version): void {
    if (version.parentId === null) return;
    this.#model.comparison.value = { from: version.parentId, to: version.id };
    this.#model.layout.show("diff");
  }

  /** Makes a version of what was edited by hand. */
  save(): Promise<void> {
    return this.#try(async (model) => {
      const { code, t, toasts } = model;
      const changes = code.changes;
      if (!changes || code.saving.peek()) return;
      code.saving.value = true;
      try {
        const branch = model.branch.peek();
        const base = model.store.contents.peek().get(changes.parentId);
        await model.create({ origin: "edit", branch, ...changes }, (version) => {
          if (base) model.store.seed(version.id, withFiles(base, changes.files));
          code.discard();
          toasts.show({ kind: "success", message: t("studio.saved", { version: `v${version.number}` }) });
        });
      } finally {
        code.saving.value = false;
      }
    });
  }

  #change(changes: ProjectChanges): Promise<void> {
    return this.#try(async ({ api, project }) => {
      const before = project.peek();
      const { name, kinds, model, lockedPaths, activeBranch } = { ...before, ...changes };
      project.value = {
        ...before,
        name,
        kinds,
        lockedPaths,
        activeBranch,
        ...(model === undefined ? {} : { model }),
      };
      try {
        project.value = await api.updateProject(before.id, changes);
      } catch (error) {
        project.value = before;
        throw error;
      }
    });
  }

  #changeVersion(version: Version, changes: { starred?: boolean; note?: string }): Promise<void> {
    return this.#try(async (model) => {
      const before = model.versions.peek().find(({ id }) => id === version.id) ?? version;
      model.put({ ...before, ...changes });
      try {
        model.put(await model.api.updateVersion(version, changes));
      } catch (error) {
        model.put(before);
        throw error;
      }
    });
  }

  async #try(work: (model: ActionParts) => Promise<void>): Promise<void> {
    try {
      await work(this.#model);
    } catch (error) {
      this.#model.report(error);
    }
  }
}

function withFiles(contents: Contents, files: readonly ProjectFile[]): Contents {
  return new Map([...contents, ...files.map(({ path, content }): [string, string] => [path, content])]);
}

/** Files as one text, for where only text can be pasted. */
function allFiles(files: readonly ProjectFile[]): string {
  return files.map(({ path, content }) => `// ${path}\n${content}`).join("\n\n");
}
