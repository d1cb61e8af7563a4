import { batch, computed, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import {
  type CreatedVersion,
  type CreateVersionBody,
  FreshetError,
  newId,
  type Project,
  type ProjectPage,
  type Version,
} from "../../shared/mod.ts";
import { type Texts, type Translate, translateWith } from "../../shared/texts/mod.ts";
import { ChatApi } from "../chat_api.ts";
import { browserClock, type Clock } from "../clock.ts";
import { Drafts } from "../drafts.ts";
import { FileList } from "../file_list.ts";
import { Toasts } from "../toasts.ts";
import { CodeModel } from "./code_model.ts";
import { type Contents, FileStore } from "./file_store.ts";
import type { LiveVersion } from "./live_version.ts";
import { LiveVersions } from "./live_versions.ts";
import type { ProjectPageData } from "./page_data.ts";
import { ProjectActions } from "./project_actions.ts";
import { ProjectStream } from "./project_stream.ts";
import { PromptModel } from "./prompt_model.ts";
import { StudioApi } from "./studio_api.ts";
import { branchOf, versionsOfBranch, withVersion } from "./version_list.ts";
import { WorkspaceLayout } from "./workspace_layout.ts";

/** What the model may be given instead of the browser's. */
export interface ProjectEnvironment {
  api?: StudioApi;
  clock?: Clock;
  drafts?: Drafts;
  /** Whether text is shown evenly instead of as it comes. */
  smooth?: () => boolean;
}

const NOTHING: Contents = new Map();
/** ms after which a version that has just ended is asked for again, where the server had not written it yet. */
const SETTLE_MS = [100, 400, 1500];

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
  readonly stream: ProjectStream;
  readonly code: CodeModel;
  readonly prompt: PromptModel;
  /** The images that go with the next prompt. */
  readonly images: FileList;
  readonly actions: ProjectActions;
  readonly layout: WorkspaceLayout;
  /** What is said to screen readers. */
  readonly announcement: Signal<string> = signal("");
  /** The version whose message the chat is to scroll to; `at` makes each wish a new one. */
  readonly sought: Signal<{ versionId: string; at: number } | null> = signal(null);
  /** The versions that the diff compares. */
  readonly comparison: Signal<{ from: string; to: string } | null> = signal(null);
  /** Answers whose HTML the server rendered, so that the browser need not do it again. */
  readonly serverRendered: Set<string>;
  readonly #versions: Signal<readonly Version[]>;
  readonly #selectedId: Signal<string | null>;
  #wishes = 0;

  readonly branch: ReadonlySignal<string>;
  /** The version that is shown. */
  readonly selected: ReadonlySignal<Version | undefined>;
  /** Its run, while it is made. */
  readonly selectedLive: ReadonlySignal<LiveVersion | null>;
  /** The run of the branch that is shown. */
  readonly branchLive: ReadonlySignal<LiveVersion | null>;
  /** The versions of the chat, oldest first. */
  readonly thread: ReadonlySignal<readonly Version[]>;
  /** The files that the shown version has, or starts from while it is made. */
  readonly contents: ReadonlySignal<Contents | undefined>;

  constructor(data: ProjectPageData, texts: Texts, environment: ProjectEnvironment = {}) {
    const { page } = data;
    this.data = data;
    this.t = translateWith(texts);
    this.api = environment.api ?? new StudioApi();
    this.clock = environment.clock ?? browserClock;
    this.toasts = new Toasts(this.clock);
    this.project = signal(page.project);
    this.#versions = signal(page.versions);
    this.#selectedId = signal(data.selectedId);
    this.serverRendered = new Set(
      page.versions.filter(({ status }) => status !== "generating").map(({ id }) => id),
    );
    this.store = new FileStore(this.api, data.files);
    this.lives = new LiveVersions({
      api: this.api,
      clock: this.clock,
      smooth: environment.smooth ?? (() => true),
      versionOfRun: (runId) => this.#versions.peek().find((version) => version.runId === runId),
      refresh: () => this.refresh(),
      onEnd: (live) => void this.#settle(live).catch((error) => this.report(error)),
      onLost: (live) => void this.#settle(live).catch((error) => this.report(error)),
    });
    this.branch = computed(() => this.project.value.activeBranch);
    this.selected = computed(() => this.#versions.value.find(({ id }) => id === this.#selectedId.value));
    this.selectedLive = computed(() => this.lives.byVersion.value.get(this.#selectedId.value ?? "") ?? null);
    this.branchLive = computed(() => this.#liveOfBranch());
    this.thread = computed(() =>
      versionsOfBranch(this.#versions.value, branchOf(this.project.value, this.branch.value))
    );
    this.contents = computed(() => this.#contents());
    this.code = new CodeModel({
      version: this.selected,
      live: this.selectedLive,
      contents: this.contents,
      lockedPaths: computed(() => this.project.value.lockedPaths),
    });
    this.images = new FileList(new ChatApi(this.api.client));
    this.prompt = new PromptModel({
      projectId: page.project.id,
      files: this.images,
      drafts: environment.drafts ?? new Drafts(),
      branch: this.branch,
      busy: computed(() => this.isBusy.value),
      create: (body, key) => this.create(body, undefined, key),
    });
    this.stream = new ProjectStream({
      projectId: page.project.id,
      api: this.api,
      clock: this.clock,
      onEvent: (runId, event) => this.lives.receive(runId, event),
      onPage: (newer) => this.#poll(newer),
      onGone: () => this.toasts.show({ kind: "error", message: this.t("studio.gone") }),
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
    return this.#versions;
  }

  /** Whether a version of the branch is being made. */
  get isBusy(): ReadonlySignal<boolean> {
    return this.#busy ??= computed(() =>
      this.branchLive.value !== null ||
      branchOf(this.project.value, this.branch.value)?.generatingId !== undefined
    );
  }
  #busy: ReadonlySignal<boolean> | undefined;

  /** Keeps the files of the shown version loaded; returns what ends that. */
  loadFiles(): () => void {
    return effect(() => {
      const id = this.#contentsId();
      if (id === null || this.store.contents.value.has(id)) return;
      this.store.load(this.project.peek().id, id).catch((error) => this.report(error));
    });
  }

  version(id: string): Version | undefined {
    return this.#versions.value.find((version) => version.id === id);
  }

  /** Shows a version, and scrolls the chat to its message unless told otherwise. */
  select(versionId: string, { scroll = true } = {}): void {
    const version = this.#versions.peek().find(({ id }) => id === versionId);
    if (!version) return;
    batch(() => {
      this.#selectedId.value = versionId;
      if (scroll) this.sought.value = { versionId, at: ++this.#wishes };
      this.code.follow();
    });
    if (!this.thread.peek().some(({ id }) => id === versionId)) this.actions.goTo(version.branch, false);
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
    this.#versions.value = withVersion(this.#versions.peek(), version);
  }

  /** Fetches the project anew. */
  async refresh(): Promise<void> {
    this.receive(await this.api.page(this.project.peek().id));
  }

  /** Takes the project as the server has it. */
  receive({ project, versions }: ProjectPage): void {
    batch(() => {
      const wasNewest = this.#isAtNewest();
      this.project.value = project;
      // What is shown as being made stays so until its files are here.
      const lives = this.lives.byVersion.peek();
      this.#versions.value = versions.map((version) => lives.get(version.id)?.version ?? version);
      for (const version of versions) this.lives.follow(version);
      const generatingId = branchOf(project, project.activeBranch)?.generatingId;
      if (wasNewest && generatingId) this.#selectedId.value = generatingId;
      if (this.#selectedId.peek() === null) this.#selectedId.value = versions[0]?.id ?? null;
    });
    for (const version of versions) {
      const live = this.lives.byVersion.peek().get(version.id);
      if (live && version.status !== "generating") this.#settle(live).catch((error) => this.report(error));
    }
  }

  /** Tells of a failure in a toast; what is no failure of a request is a bug and reported as one. */
  report(error: unknown): void {
    if (error instanceof FreshetError) this.toasts.error(error);
    else reportError(error);
  }

  #poll(page: ProjectPage): void {
    this.receive(page);
    for (const id of this.lives.byVersion.peek().keys()) {
      this.lives.catchUp(id).catch((error) => this.report(error));
    }
  }

  #show(version: Version): void {
    this.put(version);
    this.lives.follow(version);
    this.#selectedId.value = version.id;
    this.sought.value = { versionId: version.id, at: ++this.#wishes };
    this.code.follow();
  }

  readonly #settling = new Set<string>();

  /** A version is made: its final record and its files take the place of what was written before our eyes. */
  async #settle(live: LiveVersion): Promise<void> {
    const { id } = live.version;
    if (this.#settling.has(id)) return;
    this.#settling.add(id);
    const projectId = this.project.peek().id;
    try {
      let page = await this.api.page(projectId);
      for (const ms of SETTLE_MS) {
        if (page.versions.find((version) => version.id === id)?.status !== "generating") break;
        await new Promise<void>((resolve) => this.clock.after(ms, resolve));
        page = await this.api.page(projectId);
      }
      // A version that failed may have no files at all.
      await this.store.load(projectId, id).catch(() => undefined);
      batch(() => {
        if (this.#selectedId.peek() === id) this.code.stay();
        this.lives.drop(id);
        this.receive(page);
        this.announcement.value = this.t("studio.announceDone", { version: `v${live.version.number}` });
      });
    } finally {
      this.#settling.delete(id);
    }
  }

  /** Whether the newest version of the branch is shown, so that the next one may take its place. */
  #isAtNewest(): boolean {
    const newest = this.thread.peek().at(-1);
    return newest === undefined || newest.id === this.#selectedId.peek();
  }

  #liveOfBranch(): LiveVersion | null {
    for (const live of this.lives.byVersion.value.values()) {
      if (live.version.branch === this.branch.value) return live;
    }
    return null;
  }

  /** The version whose files are shown; null where there are none. */
  #contentsId(): string | null {
    const version = this.selected.value;
    if (!version) return null;
    // The files of a version by hand are known before its checks are done.
    const isKnown = version.status !== "generating" || this.store.contents.value.has(version.id);
    return isKnown ? version.id : version.parentId;
  }

  #contents(): Contents | undefined {
    const id = this.#contentsId();
    return id === null ? NOTHING : this.store.contents.value.get(id);
  }
}
