import { batch, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import {
  type BackupFiles,
  type BackupFilesSize,
  type BackupInfo,
  type BackupSchedule,
  type BackupsView,
  type ErrorBody,
  FreshetError,
  newId,
  type RestoreView,
} from "../../shared/mod.ts";
import type { BackupApi, MakeChoice, RestoreChoice } from "./backup_api.ts";

/** What the page tells of what was done last. */
export type BackupOutcome =
  | { type: "made"; files?: BackupFiles | undefined }
  | { type: "saved" }
  | { type: "checked"; id: string; files?: BackupFiles | undefined }
  | { type: "makeFailed" | "saveFailed" | "restoreFailed"; problem: ErrorBody }
  | { type: "restored"; report: RestoreView };

/** What is under way; `part` of a file, from 0 to 1, has been sent. */
export type BackupWork =
  | { type: "making" | "saving" }
  | { type: "checking" | "deleting"; id: string }
  | { type: "restoring"; part: number };

/** What a `BackupModel` needs. */
export interface BackupModelOptions {
  api: Pick<
    BackupApi,
    "view" | "size" | "create" | "delete" | "check" | "setSchedule" | "restoreFile" | "restoreKept"
  >;
  view: BackupsView;
  size: BackupFilesSize;
  outcome: BackupOutcome | null;
  onError(error: unknown): void;
}

/** The page of backups: one thing at a time. */
export class BackupModel {
  readonly #options: BackupModelOptions;
  readonly #view: Signal<BackupsView>;
  readonly #size: Signal<BackupFilesSize>;
  readonly #outcome = signal<BackupOutcome | null>(null);
  readonly #work = signal<BackupWork | null>(null);
  /** The backup of which is asked whether to delete it. */
  readonly confirming = signal<string | null>(null);
  /** How archives are restored, files and kept ones. */
  readonly choice = signal<RestoreChoice>({ password: "", withoutSecrets: false });
  /** Stays with a backup that failed on the way, so that trying again makes no second one. */
  #key = newId();

  constructor(options: BackupModelOptions) {
    this.#options = options;
    this.#view = signal(options.view);
    this.#size = signal(options.size);
    this.#outcome.value = options.outcome;
  }

  get view(): ReadonlySignal<BackupsView> {
    return this.#view;
  }

  /** How much the files of the added folders and of the trash are. */
  get size(): ReadonlySignal<BackupFilesSize> {
    return this.#size;
  }

  get outcome(): ReadonlySignal<BackupOutcome | null> {
    return this.#outcome;
  }

  get work(): ReadonlySignal<BackupWork | null> {
    return this.#work;
  }

  /** Makes a backup; true where it was made. */
  async create(choice: MakeChoice): Promise<boolean> {
    return await this.#do({ type: "making" }, "makeFailed", async (api) => {
      const { files } = await api.create(choice, this.#key);
      this.#key = newId();
      return { type: "made", files };
    });
  }

  /** Counts the files again, where the page has not waited for all of them. */
  async count(isKnown = !this.#size.peek().isPartial): Promise<void> {
    if (isKnown) return;
    try {
      this.#size.value = await this.#options.api.size();
    } catch (error) {
      this.#options.onError(error);
    }
  }

  async delete(id: string): Promise<void> {
    this.confirming.value = null;
    await this.#do({ type: "deleting", id }, null, async (api) => {
      await api.delete(id);
      return null;
    });
  }

  async check(id: string): Promise<void> {
    await this.#do({ type: "checking", id }, null, async (api) => {
      const { files } = await api.check(id);
      return { type: "checked", id, files };
    });
  }

  async save(schedule: BackupSchedule): Promise<void> {
    await this.#do({ type: "saving" }, "saveFailed", async (api) => {
      await api.setSchedule(schedule);
      return { type: "saved" };
    });
  }

  /** Restores a file, or a kept backup by its id. */
  async restore(source: File | string): Promise<void> {
    const choice = this.choice.peek();
    const isDone = await this.#do({ type: "restoring", part: 0 }, "restoreFailed", async (api) => {
      const report = typeof source === "string"
        ? await api.restoreKept(source, choice)
        : await api.restoreFile(source, choice, {
          onProgress: (part) => this.#work.value = { type: "restoring", part },
          signal: new AbortController().signal,
        });
      return { type: "restored", report };
    });
    if (isDone) await this.count(false);
  }

  /** Shows what is there now, unless something is under way, which does so at its end. */
  async reload(): Promise<void> {
    if (this.#work.peek()) return;
    try {
      this.#view.value = await this.#options.api.view();
    } catch (error) {
      this.#options.onError(error);
    }
  }

  /** One of the backups. */
  backup(id: string | null): BackupInfo | undefined {
    return this.#view.value.backups.find((backup) => backup.id === id);
  }

  async #do(
    work: BackupWork,
    failed: "makeFailed" | "saveFailed" | "restoreFailed" | null,
    act: (api: BackupModelOptions["api"]) => Promise<BackupOutcome | null>,
  ): Promise<boolean> {
    if (this.#work.peek()) return false;
    this.#work.value = work;
    this.#outcome.value = null;
    const { api, onError } = this.#options;
    try {
      const outcome = await act(api);
      // What was done was done, whether or not it can be shown.
      const view = await api.view().catch(onError);
      batch(() => {
        if (view) this.#view.value = view;
        this.#outcome.value = outcome;
      });
      return true;
    } catch (error) {
      if (failed && error instanceof FreshetError) {
        this.#outcome.value = { type: failed, problem: error.toBody() };
      } else onError(error);
      return false;
    } finally {
      this.#work.value = null;
    }
  }
}
