import { batch, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { type ErrorBody, FreshetError, type ProjectList, type ProjectSummary } from "../../shared/mod.ts";
import type { Clock } from "../clock.ts";
import type { ProjectsApi } from "./projects_api.ts";

/** A pause in typing (ms) after which is searched. */
const SEARCH_AFTER_MS = 200;
/** ms between looks at projects that are being generated, for where events do not come through. */
const LOOK_AFTER_MS = 4000;

/** What a `ProjectsModel` needs. */
export interface ProjectsModelOptions {
  list: ProjectList;
  query: string;
  /** Where the list begins; absent for the first page. */
  cursor?: string | undefined;
  /** Why there is no list. */
  problem: ErrorBody | null;
  api: Pick<ProjectsApi, "list" | "rename" | "duplicate" | "delete" | "restore">;
  clock: Clock;
  onError(error: unknown): void;
}

/** The person's projects, newest first, and what can be done to them. */
export class ProjectsModel {
  readonly #options: ProjectsModelOptions;
  readonly #projects: Signal<readonly ProjectSummary[]>;
  readonly #cursor: Signal<string | undefined>;
  readonly #query: Signal<string>;
  /** What the shown list was searched by. */
  readonly #shownQuery: Signal<string>;
  readonly #loading: Signal<"list" | "more" | null> = signal(null);
  readonly #problem: Signal<ErrorBody | null>;
  #cancelSearch: (() => void) | undefined;
  #cancelLook: (() => void) | undefined;
  #request: AbortController | undefined;
  #refreshing: Promise<void> | undefined;
  #isStale = false;
  /** Being deleted: the server may still list them. */
  readonly #gone = new Set<string>();

  constructor(options: ProjectsModelOptions) {
    this.#options = options;
    this.#projects = signal(options.list.projects);
    this.#cursor = signal(options.list.cursor);
    this.#query = signal(options.query);
    this.#problem = signal(options.problem);
    this.#shownQuery = signal(options.query);
  }

  get projects(): ReadonlySignal<readonly ProjectSummary[]> {
    return this.#projects;
  }

  /** Where the next page begins. */
  get cursor(): ReadonlySignal<string | undefined> {
    return this.#cursor;
  }

  get query(): ReadonlySignal<string> {
    return this.#query;
  }

  get shownQuery(): ReadonlySignal<string> {
    return this.#shownQuery;
  }

  get loading(): ReadonlySignal<"list" | "more" | null> {
    return this.#loading;
  }

  /** Why the list could not be fetched; what was shown before stays. */
  get problem(): ReadonlySignal<ErrorBody | null> {
    return this.#problem;
  }

  /** Searches as soon as nobody types any more, or at once. */
  search(query: string, atOnce = false): void {
    this.#query.value = query;
    this.#cancelSearch?.();
    const run = () => void this.load();
    this.#cancelSearch = atOnce ? void run() : this.#options.clock.after(SEARCH_AFTER_MS, run);
  }

  /** Fetches the list for what is searched. */
  async load(): Promise<void> {
    const query = this.#query.peek().trim();
    await this.#fetch("list", query, undefined);
  }

  /** Fetches the next page. */
  async loadMore(): Promise<void> {
    const cursor = this.#cursor.peek();
    if (cursor === undefined || this.#loading.peek() !== null) return;
    await this.#fetch("more", this.#shownQuery.peek(), cursor);
  }

  /** Fetches what is shown again, quietly; once more where it was asked for meanwhile. */
  refresh(): Promise<void> {
    this.#isStale = true;
    return this.#refreshing ??= this.#refreshWhileStale().finally(() => this.#refreshing = undefined);
  }

  /** Looks again and again while something is being generated; returns what ends that. */
  watch(): () => void {
    const look = () => {
      this.#cancelLook = this.#options.clock.after(LOOK_AFTER_MS, () => {
        const isGenerating = this.#projects.peek().some((project) => project.isGenerating);
        const looked = isGenerating ? this.refresh() : Promise.resolve();
        looked.then(look, this.#options.onError);
      });
    };
    look();
    return () => this.#cancelLook?.();
  }

  /** Renames a project here at once and on the server; taken back where the server refuses. */
  async rename(project: ProjectSummary, name: string): Promise<void> {
    const wanted = name.trim();
    if (wanted === "" || wanted === project.name) return;
    this.#change(project.id, { name: wanted });
    await this.#try(
      () => this.#options.api.rename(project.id, wanted),
      () => this.#change(project.id, { name: project.name }),
    );
  }

  /** Makes a copy; true where there is one now. */
  async duplicate(project: ProjectSummary): Promise<boolean> {
    const done = await this.#try(() => this.#options.api.duplicate(project.id));
    if (done) await this.refresh();
    return done;
  }

  /** Deletes a project here at once and on the server; it comes back where the server refuses. */
  async delete(project: ProjectSummary): Promise<boolean> {
    this.#gone.add(project.id);
    this.#projects.value = this.#withoutGone(this.#projects.peek());
    const done = await this.#try(
      () => this.#options.api.delete(project.id),
      () => this.#put(project),
    );
    this.#gone.delete(project.id);
    return done;
  }

  /** Brings a deleted project back; true where it is there again. */
  async restore(project: ProjectSummary): Promise<boolean> {
    const done = await this.#try(() => this.#options.api.restore(project.id));
    if (done) {
      this.#put(project);
      await this.refresh();
    }
    return done;
  }

  async #refreshWhileStale(): Promise<void> {
    while (this.#isStale) {
      this.#isStale = false;
      const query = this.#shownQuery.peek();
      try {
        const list = await this.#options.api.list({ query });
        if (this.#shownQuery.peek() === query) this.#renew(list);
      } catch (error) {
        // The next look shows it; meanwhile the list is as it was.
        if (!(error instanceof FreshetError)) throw error;
      }
    }
  }

  /** Puts a first page in the place of what was there; of further pages those projects stay that come after it. */
  #renew({ projects, cursor }: ProjectList): void {
    const ids = new Set(projects.map(({ id }) => id));
    const last = projects.at(-1);
    const older = cursor === undefined || !last
      ? []
      : this.#projects.peek().filter(({ id, updatedAt }) => !ids.has(id) && updatedAt < last.updatedAt);
    batch(() => {
      this.#projects.value = this.#withoutGone([...projects, ...older]);
      if (older.length === 0) this.#cursor.value = cursor;
      this.#problem.value = null;
    });
  }

  #withoutGone(projects: readonly ProjectSummary[]): readonly ProjectSummary[] {
    return projects.filter(({ id }) => !this.#gone.has(id));
  }

  async #fetch(what: "list" | "more", query: string, cursor: string | undefined): Promise<void> {
    this.#request?.abort();
    const request = this.#request = new AbortController();
    this.#loading.value = what;
    try {
      const list = await this.#options.api.list({ query, cursor }, request.signal);
      batch(() => {
        const known = what === "more" ? this.#projects.peek() : [];
        const ids = new Set(known.map(({ id }) => id));
        this.#projects.value = this.#withoutGone([
          ...known,
          ...list.projects.filter(({ id }) => !ids.has(id)),
        ]);
        this.#cursor.value = list.cursor;
        this.#shownQuery.value = query;
        this.#problem.value = null;
      });
    } catch (error) {
      if (request.signal.aborted) return;
      if (!(error instanceof FreshetError)) throw error;
      this.#problem.value = error.toBody();
    } finally {
      if (this.#request === request) this.#loading.value = null;
    }
  }

  async #try(action: () => Promise<unknown>, takeBack?: () => void): Promise<boolean> {
    try {
      await action();
      return true;
    } catch (error) {
      takeBack?.();
      this.#options.onError(error);
      return false;
    }
  }

  #change(id: string, changes: Partial<ProjectSummary>): void {
    this.#projects.value = this.#projects.peek().map((project) =>
      project.id === id ? { ...project, ...changes } : project
    );
  }

  #put(project: ProjectSummary): void {
    const others = this.#projects.peek().filter(({ id }) => id !== project.id);
    this.#projects.value = [...others, project].sort((a, b) => b.updatedAt - a.updatedAt);
  }
}
