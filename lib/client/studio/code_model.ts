import { batch, computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { CheckProblem, ProjectFile, Version } from "../../shared/mod.ts";
import type { Contents } from "./file_store.ts";
import type { FileEntry, FileState } from "./file_tree.ts";
import { firstFileOf } from "./first_file.ts";
import type { LiveFile, LiveVersion } from "./live_version.ts";
import type { FirstFiles } from "./page_data.ts";

/** What a `CodeModel` is shown. */
export interface CodeSources {
  /** The version that is shown. */
  version: ReadonlySignal<Version | undefined>;
  /** Its run, while it is made. */
  live: ReadonlySignal<LiveVersion | null>;
  /** The files that the version has, or starts from while it is made; undefined until they are loaded. */
  contents: ReadonlySignal<Contents | undefined>;
  /** What is known of them before that. */
  first?: ReadonlySignal<FirstFiles | undefined>;
  lockedPaths: ReadonlySignal<readonly string[]>;
}

/** A place in a file that is to be shown; `at` makes each wish a new one. */
export interface CodePlace {
  path: string;
  line?: number;
  column?: number;
  at: number;
}

const NO_EDITS: ReadonlyMap<string, string> = new Map();
const NO_FILES: readonly LiveFile[] = [];

/** The code of the version that is shown: its files, the one that is open, and edits that are not saved yet. */
export class CodeModel {
  readonly #sources: CodeSources;
  readonly #chosen = signal<string | null>(null);
  readonly #following = signal(true);
  readonly #place = signal<CodePlace | null>(null);
  readonly #edits = signal<ReadonlyMap<string, string>>(NO_EDITS);
  /** The version that the edits were made to. */
  readonly #editedId = signal<string | null>(null);
  #places = 0;

  /** All files, with what became of each. */
  readonly files: ReadonlySignal<readonly FileEntry[]>;
  /** The path of the open file; null where there is none. */
  readonly openPath: ReadonlySignal<string | null>;
  /** Whether a person may edit now. */
  readonly canEdit: ReadonlySignal<boolean>;
  /** The version that has edits which are not saved; null where there are none. */
  readonly editedId: ReadonlySignal<string | null>;
  /** What the checks found, by file. */
  readonly problems: ReadonlySignal<ReadonlyMap<string, readonly CheckProblem[]>>;
  readonly saving: Signal<boolean> = signal(false);

  constructor(sources: CodeSources) {
    this.#sources = sources;
    this.files = computed(() => this.#list());
    this.openPath = computed(() => this.#open());
    this.canEdit = computed(() => {
      const version = sources.version.value;
      return version !== undefined && version.status !== "generating" &&
        sources.contents.value !== undefined &&
        !this.saving.value && (this.editedId.value === null || this.editedId.value === version.id);
    });
    this.editedId = computed(() => this.#edits.value.size > 0 ? this.#editedId.value : null);
    this.problems = computed(() => problemsByPath(sources));
  }

  /** A wish to show a line of a file, such as that of a problem. */
  get place(): ReadonlySignal<CodePlace | null> {
    return this.#place;
  }

  /** Whether the file that is being written opens by itself. */
  get following(): ReadonlySignal<boolean> {
    return this.#following;
  }

  /** Opens a file; while a version is made this stops following it. */
  open(path: string, at: { line?: number; column?: number } = {}): void {
    batch(() => {
      this.#chosen.value = path;
      this.#following.value = this.#sources.live.peek()?.current.peek() === path;
      this.#place.value = {
        path,
        at: ++this.#places,
        ...(at.line === undefined ? {} : { line: at.line }),
        ...(at.column === undefined ? {} : { column: at.column }),
      };
    });
  }

  /** Follows the file that is being written, again. */
  follow(): void {
    this.#following.value = true;
  }

  /** Keeps the file open that is shown, whatever ends. */
  stay(): void {
    this.#chosen.value = this.openPath.peek();
  }

  /** The text of a file as it is shown: edited, or of the version. Undefined while it is not here. */
  textOf(path: string): string | undefined {
    const { live, contents, first } = this.#sources;
    return this.#editsHere().get(path) ?? live.value?.textOf(path) ?? contents.value?.get(path) ??
      first?.value?.files.find((file) => file.path === path)?.content;
  }

  /** The text of a file without edits. */
  savedTextOf(path: string): string | undefined {
    return this.#sources.contents.peek()?.get(path);
  }

  /** Takes an edit; one that leads back to what is saved is none. */
  edit(path: string, text: string): void {
    if (!this.canEdit.peek()) return;
    const edits = new Map(this.#edits.peek());
    if (text === this.savedTextOf(path)) edits.delete(path);
    else edits.set(path, text);
    batch(() => {
      this.#editedId.value = this.#sources.version.peek()?.id ?? null;
      this.#edits.value = edits;
    });
  }

  /** What is to be saved: the edited files and the version they were edited in; undefined where nothing is. */
  get changes(): { parentId: string; files: ProjectFile[] } | undefined {
    const parentId = this.editedId.peek();
    if (parentId === null) return undefined;
    const files = [...this.#edits.peek()].map(([path, content]) => ({ path, content }));
    return { parentId, files };
  }

  /** Drops edits: all, or those of a file. */
  discard(path?: string): void {
    const edits = new Map(this.#edits.peek());
    if (path === undefined) edits.clear();
    else edits.delete(path);
    this.#edits.value = edits;
  }

  /** The edits of the version that is shown. */
  #editsHere(): ReadonlyMap<string, string> {
    return this.#editedId.value === this.#sources.version.value?.id ? this.#edits.value : NO_EDITS;
  }

  #open(): string | null {
    const live = this.#sources.live.value;
    const files = this.files.value;
    if (live && this.#following.value) {
      const current = live.current.value;
      if (current !== null) return current;
    }
    const chosen = this.#chosen.value;
    if (chosen !== null && files.some(({ path }) => path === chosen)) return chosen;
    return firstFileOf(files)?.path ?? null;
  }

  #list(): readonly FileEntry[] {
    const { version, live, contents, first, lockedPaths } = this.#sources;
    const states = new Map<string, FileState>();
    for (const path of contents.value?.keys() ?? first?.value?.paths ?? []) states.set(path, "same");
    if (live.value) {
      for (const file of live.value.files.value ?? NO_FILES) {
        states.set(file.path, liveState(file, states.has(file.path)));
      }
    } else {
      for (const { path, operation } of version.value?.changes ?? []) states.set(path, operation);
    }
    const locked = new Set(lockedPaths.value);
    const edits = this.#editsHere();
    return [...states].map(([path, state]) => ({
      path,
      state,
      edited: edits.has(path),
      locked: locked.has(path),
    }));
  }
}

function liveState({ status, operation }: LiveFile, isKnown: boolean): FileState {
  if (status === "complete") return operation ?? (isKnown ? "modified" : "created");
  return status;
}

function problemsByPath({ version, live }: CodeSources): ReadonlyMap<string, readonly CheckProblem[]> {
  const results = live.value?.results.value ?? version.value?.validation?.results ?? [];
  const byPath = new Map<string, CheckProblem[]>();
  for (const problem of results.flatMap(({ problems }) => problems)) {
    if (problem.path === undefined) continue;
    byPath.set(problem.path, [...byPath.get(problem.path) ?? [], problem]);
  }
  return byPath;
}
