import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { ProjectBranch, Version } from "../../shared/mod.ts";
import type { ProjectPageData } from "./page_data.ts";
import { TurnWindow } from "./turn_window.ts";
import { isSameVersion, versionsOfBranch, withVersion } from "./version_list.ts";

/** The versions of a project as the page knows them, and which one is shown. */
export class ProjectVersions {
  readonly #all: Signal<readonly Version[]>;
  readonly #isWhole: Signal<boolean>;
  /** The id of the version that is shown. */
  readonly selectedId: Signal<string | null>;
  readonly selected: ReadonlySignal<Version | undefined>;
  /** The versions of the chat, oldest first. */
  readonly thread: ReadonlySignal<readonly Version[]>;
  /** Those of them that are rendered. */
  readonly turns: TurnWindow;

  constructor(
    { page, isWhole, selectedId, allTurns }: ProjectPageData,
    branch: ReadonlySignal<ProjectBranch | undefined>,
  ) {
    this.#all = signal(page.versions);
    this.#isWhole = signal(isWhole);
    this.selectedId = signal(selectedId);
    this.selected = computed(() => this.#all.value.find(({ id }) => id === this.selectedId.value));
    this.thread = computed(() => versionsOfBranch(this.#all.value, branch.value));
    this.turns = new TurnWindow({ thread: this.thread, isWhole: this.#isWhole, all: allTurns });
  }

  /** Those that are here, newest first. */
  get all(): ReadonlySignal<readonly Version[]> {
    return this.#all;
  }

  /** Whether these are all that there are; a page begins with the newest. */
  get isWhole(): ReadonlySignal<boolean> {
    return this.#isWhole;
  }

  /** Whether the newest version of the branch is shown, so that the next one may take its place. */
  get isAtNewest(): boolean {
    const newest = this.thread.peek().at(-1);
    return newest === undefined || newest.id === this.selectedId.peek();
  }

  find(id: string): Version | undefined {
    return this.#all.value.find((version) => version.id === id);
  }

  ofRun(runId: string): Version | undefined {
    return this.#all.peek().find((version) => version.runId === runId);
  }

  /** Takes a version that is new or was changed. */
  put(version: Version): void {
    this.#all.value = withVersion(this.#all.peek(), version);
  }

  /** Takes all versions as the server has them, newest first. What is the same stays the same object, so that it is not rendered anew. */
  takeAll(versions: readonly Version[]): void {
    const known = new Map(this.#all.peek().map((version) => [version.id, version]));
    this.#isWhole.value = true;
    this.#all.value = versions.map((version) => {
      const before = known.get(version.id);
      return before && isSameVersion(before, version) ? before : version;
    });
  }
}
