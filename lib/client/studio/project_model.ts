import { batch, computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import {
  type CreatedVersion,
  type CreateVersionBody,
  FreshetError,
  newId,
  type Project,
  type ProjectPage,
  type UiSettings,
  type Version,
} from "../../shared/mod.ts";
import { type Texts, type Translate, translateWith } from "../../shared/texts/mod.ts";
import { ChatApi } from "../chat_api.ts";
import { browserClock, type Clock } from "../clock.ts";
import { Drafts } from "../drafts.ts";
import { FileList } from "../file_list.ts";
import { Toasts } from "../toasts.ts";
import { CodeModel } from "./code_model.ts";
import { FileStore } from "./file_store.ts";
import type { LiveVersion } from "./live_version.ts";
import { LiveVersions } from "./live_versions.ts";
import type { ProjectPageData } from "./page_data.ts";
import { ProjectActions } from "./project_actions.ts";
import { ProjectSync } from "./project_sync.ts";
import { ProjectVersions } from "./project_versions.ts";
import { PromptModel } from "./prompt_model.ts";
import { Settling } from "./settling.ts";
import { ShownFiles } from "./shown_files.ts";
import { StudioApi } from "./studio_api.ts";
import type { TurnWindow } from "./turn_window.ts";
import { branchOf } from "./version_list.ts";
import { WorkspaceLayout } from "./workspace_layout.ts";

/** What the model may be given instead of the browser's. */
export interface ProjectEnvironment {
  api?: StudioApi;
  clock?: Clock;
  drafts?: Drafts;
  /** Whether text is shown evenly instead of as it comes, where the settings wish for it. */
  smooth?: () => boolean;
}

/** Everything that the parts of a project's page share. */
export class ProjectModel {
  readonly data: ProjectPageData;
  readonly t: Translate;
  readonly api: StudioApi;
  readonly clock: Clock;
  readonly toasts: Toasts;
  readonly project: Signal<Project>;
  readonly store: FileStore;
  readonly lives: LiveVersions;
  readonly sync: ProjectSync;
  readonly code: CodeModel;
  readonly prompt: PromptModel;
  /** The images that go with the next prompt. */
  readonly images: FileList;
  readonly actions: ProjectActions;
  readonly layout: WorkspaceLayout;
  readonly settings: Signal<UiSettings>;
  readonly files: ShownFiles;
  /** What is said to screen readers. */
  readonly announcement: Signal<string> = signal("");
  /** The version whose message the chat is to scroll to; `at` makes each wish a new one. */
  readonly sought: Signal<{ versionId: string; at: number } | null> = signal(null);
  /** The versions that the diff compares. */
  readonly comparison: Signal<{ from: string; to: string } | null> = signal(null);
  /** Answers whose HTML the server rendered, so that the browser need not do it again. */
  readonly serverRendered: Set<string>;
  readonly #versions: ProjectVersions;
  readonly #settling: Settling;
  #wishes = 0;
  #loading: Promise<void> | undefined;

  readonly branch: ReadonlySignal<string>;
  /** The version that is shown. */
  readonly selected: ReadonlySignal<Version | undefined>;
  /** Its run, while it is made. */
  readonly selectedLive: ReadonlySignal<LiveVersion | null>;
  /** The run of the branch that is shown. */
  readonly branchLive: ReadonlySignal<LiveVersion | null>;
  /** The versions of the chat, oldest first. */
  readonly thread: ReadonlySignal<readonly Version[]>;
  /** Those of them that are rendered. */
  readonly turns: TurnWindow;
  /** Whether a version of the branch is being made. */
  readonly isBusy: ReadonlySignal<boolean>;
  /** Whether any version is being made. */
  readonly isMaking: ReadonlySignal<boolean>;

  constructor(data: ProjectPageData, texts: Texts, environment: ProjectEnvironment = {}) {
    const { page } = data;
    this.data = data;
    this.t = translateWith(texts);
    this.api = environment.api ?? new StudioApi();
    this.clock = environment.clock ?? browserClock;
    this.toasts = new Toasts(this.clock);
    this.project = signal(page.project);
    this.settings = signal(data.settings);
    this.branch = computed(() => this.project.value.activeBranch);
    this.#versions = new ProjectVersions(
      data,
      computed(() => branchOf(this.project.value, this.branch.value)),
    );
    this.selected = this.#versions.selected;
    this.thread = this.#versions.thread;
    this.turns = this.#versions.turns;
    this.serverRendered = new Set(
      page.versions.filter(({ status }) => status !== "generating").map(({ id }) => id),
    );
    this.store = new FileStore(this.api, data.files);
    this.#settling = new Settling({
      api: this.api,
      clock: this.clock,
      store: this.store,
      onSettled: (live, settled) => this.#settled(live, settled),
    });
    const smooth = environment.smooth ?? (() => true);
    this.lives = new LiveVersions({
      api: this.api,
      clock: this.clock,
      smooth: () => this.settings.peek().smoothText && smooth(),
      versionOfRun: (runId) => this.#versions.ofRun(runId),
      refresh: () => this.refresh(),
      onEnd: (live) => this.#settle(live),
      onLost: (live) => this.#settle(live),
    });
    this.selectedLive = computed(() =>
      this.lives.byVersion.value.get(this.#versions.selectedId.value ?? "") ?? null
    );
    this.branchLive = computed(() => this.lives.ofBranch(this.branch.value));
    this.isBusy = computed(() =>
      this.branchLive.value !== null ||
      branchOf(this.project.value, this.branch.value)?.generatingId !== undefined
    );
    this.isMaking = computed(() =>
      this.lives.byVersion.value.size > 0 ||
      this.project.value.branches.some(({ generatingId }) => generatingId !== undefined)
    );
    this.files = new ShownFiles(this.store, this.selected);
    this.code = new CodeModel({
      version: this.selected,
      live: this.selectedLive,
      contents: this.files.contents,
      first: this.files.first,
      lockedPaths: computed(() => this.project.value.lockedPaths),
    });
    this.images = new FileList(new ChatApi(this.api.client));
    this.prompt = new PromptModel({
      projectId: page.project.id,
      files: this.images,
      drafts: environment.drafts ?? new Drafts(),
      branch: this.branch,
      busy: this.isBusy,
      create: (body, key) => this.create(body, undefined, key),
    });
    this.sync = new ProjectSync({
      projectId: page.project.id,
      api: this.api,
      clock: this.clock,
      onEvent: (runId, event) => this.lives.receive(runId, event),
      onPage: (newer) => this.#poll(newer),
      onGone: () => this.toasts.show({ kind: "error", message: this.t("studio.gone") }),
      onSettings: (settings) => void (this.settings.value = settings),
      onAlert: (alert) => this.toasts.alert(alert, this.t),
      refresh: () => this.refresh(),
      report: (error) => this.report(error),
    });
    this.actions = new ProjectActions(this);
    this.layout = new WorkspaceLayout();
    for (const snapshot of data.running) {
      const version = page.versions.find(({ runId }) => runId === snapshot.run.id);
      if (version) this.lives.follow(version, snapshot);
    }
  }

  /** All versions, newest first. */
  get versions(): ReadonlySignal<readonly Version[]> {
    return this.#versions.all;
  }

  /** Fetches the files of a version that is most likely shown next. */
  foresee(versionId: string): void {
    if (this.version(versionId)?.status === "generating") return;
    this.store.load(this.project.peek().id, versionId).catch(() => "it is asked for again when it is shown");
  }

  version(id: string): Version | undefined {
    return this.#versions.find(id);
  }

  /** Shows a version, and scrolls the chat to its message unless told otherwise. */
  select(versionId: string, { scroll = true } = {}): void {
    const version = this.versions.peek().find(({ id }) => id === versionId);
    if (!version) return;
    batch(() => {
      this.#versions.selectedId.value = versionId;
      if (scroll) this.#seek(versionId);
      this.code.follow();
    });
    if (!this.thread.peek().some(({ id }) => id === versionId)) this.actions.goTo(version.branch, false);
  }

  /** Scrolls the chat to the version that is shown, where that is not its newest. */
  async seekSelected(): Promise<void> {
    if (this.#versions.isAtNewest) return;
    await this.loadAll();
    const id = this.#versions.selectedId.peek();
    if (id !== null) batch(() => this.#seek(id));
  }

  /** Fetches the versions that the page began without; once, however often it is asked. */
  loadAll(): Promise<void> {
    if (this.#versions.isWhole.peek()) return Promise.resolve();
    return this.#loading ??= this.refresh().finally(() => this.#loading = undefined);
  }

  /** Sends a request for a version, and shows what comes of it; `onMade` hears of it just before. */
  async create(
    body: CreateVersionBody,
    onMade: (version: Version) => void = () => {},
    key: string = newId(this.clock.now()),
  ): Promise<CreatedVersion> {
    const created = await this.api.createVersion(this.project.peek().id, body, key);
    batch(() => {
      this.project.value = created.project;
      if (created.version) onMade(created.version);
      if (created.version) this.#show(created.version);
    });
    return created;
  }

  /** Takes a version that was changed. */
  put(version: Version): void {
    this.#versions.put(version);
  }

  /** Fetches the project anew. */
  async refresh(): Promise<void> {
    this.receive(await this.api.page(this.project.peek().id));
  }

  /** Takes the project as the server has it. */
  receive({ project, versions }: ProjectPage): void {
    // An answer that was overtaken by a newer one says nothing.
    if (project.versionCount < this.project.peek().versionCount) return;
    batch(() => {
      const wasNewest = this.#versions.isAtNewest;
      const { selectedId } = this.#versions;
      this.project.value = project;
      // What is shown as being made stays so until its files are here.
      const lives = this.lives.byVersion.peek();
      this.#versions.takeAll(versions.map((version) => lives.get(version.id)?.version ?? version));
      for (const version of versions) this.lives.follow(version);
      const generatingId = branchOf(project, project.activeBranch)?.generatingId;
      if (wasNewest && generatingId) selectedId.value = generatingId;
      if (selectedId.peek() === null) selectedId.value = versions[0]?.id ?? null;
    });
    for (const version of versions) {
      const live = this.lives.byVersion.peek().get(version.id);
      if (live && version.status !== "generating") this.#settle(live);
    }
  }

  /** Tells of a failure in a toast; what is no failure of a request is a bug and reported as one. */
  report(error: unknown): void {
    if (error instanceof FreshetError) this.toasts.error(error);
    else reportError(error);
  }

  #poll(page: ProjectPage): void {
    this.receive(page);
    this.lives.catchUpAll().catch((error) => this.report(error));
  }

  #show(version: Version): void {
    this.put(version);
    this.lives.follow(version);
    this.#versions.selectedId.value = version.id;
    this.#seek(version.id);
    this.code.follow();
  }

  #seek(versionId: string): void {
    this.turns.include(versionId);
    this.sought.value = { versionId, at: ++this.#wishes };
  }

  #settle(live: LiveVersion): void {
    this.#settling.settle(live).catch((error) => this.report(error));
  }

  /** A version is made: its final record and its files take the place of what was written before our eyes. */
  #settled({ version: { id, number, parentId } }: LiveVersion, page: ProjectPage): void {
    batch(() => {
      // Of a new project not the file that was written last is of interest, but where it begins.
      if (this.#versions.selectedId.peek() === id && parentId !== null) this.code.stay();
      this.lives.drop(id);
      this.receive(page);
      this.announcement.value = this.t("studio.announceDone", { version: `v${number}` });
    });
  }
}
