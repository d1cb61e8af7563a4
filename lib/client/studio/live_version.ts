import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import {
  type Activity,
  type BuildStep,
  type CheckName,
  type CheckResult,
  type FileOperation,
  type GeneratedFile,
  initialRunState,
  reduceRun,
  type RunEvent,
  type RunState,
  type SequencedEvent,
  type Version,
} from "../../shared/mod.ts";
import { AnswerText } from "../answer_text.ts";
import type { Clock } from "../clock.ts";
import { WrittenFile } from "./written_file.ts";

/** What a `LiveVersion` needs. */
export interface LiveVersionOptions {
  runId: string;
  version: Version;
  clock: Clock;
  smooth: () => boolean;
  /** What the run has written so far. */
  state?: RunState;
}

/** A file of a version that is being made, without its text. */
export interface LiveFile {
  path: string;
  status: GeneratedFile["status"];
  operation?: FileOperation;
  reason?: string;
}

const NO_ACTIVITIES: readonly Activity[] = [];
const NO_PATHS: readonly string[] = [];
const NO_RESULTS: readonly CheckResult[] = [];
const NO_CHECKS: readonly CheckName[] = [];

/** A version while it is made: the state of its run by the one reducer, and its files as they are shown. */
export class LiveVersion {
  readonly runId: string;
  readonly version: Version;
  readonly answer: AnswerText;
  readonly #options: LiveVersionOptions;
  readonly #state: Signal<RunState>;
  readonly #files = signal<readonly LiveFile[]>([]);
  readonly #written = new Map<string, WrittenFile>();
  /** Texts of files that were finished before we came, out of the replayed log. */
  readonly #earlier = signal<ReadonlyMap<string, string>>(new Map());
  /** Texts of files that are not finished yet where the replay is. */
  readonly #replayed = new Map<string, string>();
  readonly #current = signal<string | null>(null);
  #answered = 0;

  readonly status: ReadonlySignal<RunState["status"]>;
  /** The model that answers, as soon as that is known. */
  readonly model: ReadonlySignal<string | undefined>;
  /** What is waited for: a place in a node's queue, a model that loads. */
  readonly waiting: ReadonlySignal<RunState["activity"]>;
  readonly step: ReadonlySignal<BuildStep>;
  readonly planning: ReadonlySignal<string>;
  readonly plannedFiles: ReadonlySignal<readonly string[]>;
  readonly activities: ReadonlySignal<readonly Activity[]>;
  readonly checks: ReadonlySignal<readonly CheckName[]>;
  readonly results: ReadonlySignal<readonly CheckResult[]>;
  readonly hasAnswer: ReadonlySignal<boolean>;

  constructor(options: LiveVersionOptions) {
    this.#options = options;
    this.runId = options.runId;
    this.version = options.version;
    this.answer = new AnswerText(options.clock);
    this.#state = signal(initialRunState());
    const progress = () => this.#state.value.version;
    this.status = computed(() => this.#state.value.status);
    this.model = computed(() => this.#state.value.model);
    this.waiting = computed(() => this.#state.value.activity);
    this.step = computed(() => progress()?.step ?? "planning");
    this.planning = computed(() => progress()?.planning ?? "");
    this.plannedFiles = computed(() => progress()?.plannedFiles ?? NO_PATHS);
    this.activities = computed(() => progress()?.activities ?? NO_ACTIVITIES);
    this.checks = computed(() => progress()?.checks ?? NO_CHECKS);
    this.results = computed(() => progress()?.results ?? NO_RESULTS);
    this.hasAnswer = computed(() => this.#state.value.text !== "");
    if (options.state) this.catchUp(options.state);
  }

  get state(): ReadonlySignal<RunState> {
    return this.#state;
  }

  /** The files so far, in the order of their first appearance. */
  get files(): ReadonlySignal<readonly LiveFile[]> {
    return this.#files;
  }

  /** The file that was begun last. */
  get current(): ReadonlySignal<string | null> {
    return this.#current;
  }

  /** A file that was written before our eyes; undefined where its text came before. */
  written(path: string): WrittenFile | undefined {
    return this.#written.get(path);
  }

  /** All that has arrived of a file's text; undefined where none has. */
  textOf(path: string): string | undefined {
    const written = this.#written.get(path);
    return written?.begun.value ? written.text : this.#earlier.value.get(path);
  }

  /** Takes the next event; throws a `RangeError` where one before it is missing. */
  apply(sequenced: SequencedEvent): void {
    const before = this.#state.peek();
    if (sequenced.seq <= before.seq) return this.#replay(sequenced.event);
    this.#state.value = reduceRun(before, sequenced);
    this.#show(sequenced.event);
  }

  /** Takes a whole state that covers more than ours. */
  catchUp(state: RunState): void {
    if (state.seq <= this.#state.peek().seq) return;
    this.#state.value = state;
    this.#showAnswer();
    for (const file of state.version?.files ?? []) {
      const written = this.#written.get(file.path);
      if (file.status !== "generating") {
        written?.finish();
      } else if (written && file.text.startsWith(written.text)) {
        written.push(file.text.slice(written.text.length));
      } else {
        this.#begin(file.path, file.text);
      }
      if (file.status === "generating") this.#current.value = file.path;
    }
    this.#listFiles();
  }

  /** Nothing more comes: all that is held back is shown. */
  end(): void {
    for (const file of this.#written.values()) {
      file.flush();
      file.finish();
    }
    this.answer.finish();
  }

  #show(event: RunEvent): void {
    switch (event.type) {
      case "text":
        return this.#showAnswer();
      case "file:generating":
        this.#begin(event.filePath);
        this.#current.value = event.filePath;
        return this.#listFiles();
      case "code:chunk":
        this.#written.get(event.filePath)?.push(event.chunk);
        return;
      case "file:complete":
      case "file:dropped":
        this.#written.get(event.filePath)?.finish();
        this.#listFiles();
        return this.#turnToNext(event.filePath);
    }
  }

  /** A stream tells a run from its start: what a snapshot has left out, the text of finished files, is taken from there. */
  #replay(event: RunEvent): void {
    if (!("filePath" in event)) return;
    const { filePath: path } = event;
    if (event.type === "file:generating") this.#replayed.set(path, "");
    const text = this.#replayed.get(path);
    if (text === undefined) return;
    if (event.type === "code:chunk") this.#replayed.set(path, text + event.chunk);
    if (event.type !== "file:complete") return;
    this.#replayed.delete(path);
    if (text !== "") this.#earlier.value = new Map([...this.#earlier.peek(), [path, text]]);
  }

  #begin(path: string, text = ""): void {
    const { clock, smooth } = this.#options;
    this.#written.get(path)?.flush();
    this.#written.set(path, new WrittenFile(path, clock, smooth, text));
  }

  /** Of files that are written side by side another one is looked at when one is done. */
  #turnToNext(path: string): void {
    if (this.#current.peek() !== path) return;
    const next = this.#files.peek().find(({ status }) => status === "generating");
    if (next) this.#current.value = next.path;
  }

  #showAnswer(): void {
    const { text } = this.#state.peek();
    this.answer.push(text.slice(this.#answered));
    this.#answered = text.length;
  }

  #listFiles(): void {
    this.#files.value = (this.#state.peek().version?.files ?? []).map((
      { path, status, operation, reason },
    ) => ({
      path,
      status,
      ...(operation ? { operation } : {}),
      ...(reason === undefined ? {} : { reason }),
    }));
  }
}
