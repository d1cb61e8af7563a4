import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import {
  FreshetError,
  type ProcessRequest,
  type ProcessResponse,
  type ProjectProcess,
} from "../../../shared/mod.ts";
import type { Clock } from "../../clock.ts";
import { type ProcessExit, ProcessLog } from "./process_log.ts";
import { type DraftProblem, RequestDraft } from "./request_draft.ts";
import { SavedRequests } from "./saved_requests.ts";
import type { RouteList, RunApi } from "./run_api.ts";

/** How often (ms) the states are asked for: soon while one starts, else now and then. */
const SOON_MS = 400;
const LATER_MS = 4000;

/** Whom a request is sent to: a process, or the first two that run. */
export type Target = "both" | (string & Record<never, never>);

/** The answer of a process. */
export interface ProcessAnswer {
  process: ProjectProcess;
  answer: ProcessResponse;
}

/** What a `RunModel` needs. */
export interface RunModelOptions {
  projectId: string;
  api: RunApi;
  clock: Clock;
  /** Hears of what failed. */
  onError(error: unknown): void;
}

/** The versions of an API that run, what they write, and what they are asked. */
export class RunModel {
  readonly draft = new RequestDraft();
  readonly saved: SavedRequests;
  readonly #options: RunModelOptions;
  readonly #processes: Signal<readonly ProjectProcess[] | null> = signal(null);
  readonly #starting: Signal<ReadonlySet<string>> = signal(new Set());
  readonly #routes: Signal<RouteList> = signal({ routes: [] });
  readonly #answers: Signal<readonly ProcessAnswer[]> = signal([]);
  readonly #sending = signal(false);
  readonly #problem: Signal<DraftProblem | null> = signal(null);
  readonly #target: Signal<Target | null> = signal(null);
  readonly #logged: Signal<string | null> = signal(null);
  readonly #logs = new Map<string, ProcessLog>();
  #routesOf: string | null = null;
  #cancelPoll: (() => void) | undefined;
  #isClosed = false;

  /** Those that answer. */
  readonly running: ReadonlySignal<readonly ProjectProcess[]> = computed(() =>
    (this.#processes.value ?? []).filter(({ state }) => state === "running")
  );
  /** Whom the next request is sent to. */
  readonly target: ReadonlySignal<Target | null> = computed(() => {
    const running = this.running.value;
    const wished = this.#target.value;
    if (wished === "both" && running.length > 1) return "both";
    return running.find(({ id }) => id === wished)?.id ?? running[0]?.id ?? null;
  });
  /** The process whose log is shown. */
  readonly logged: ReadonlySignal<ProjectProcess | null> = computed(() => {
    const processes = this.#processes.value ?? [];
    return processes.find(({ id }) => id === this.#logged.value) ?? processes[0] ?? null;
  });

  constructor(options: RunModelOptions) {
    this.#options = options;
    this.saved = new SavedRequests(options);
  }

  /** Oldest first, ended ones too while the server knows them; null until they are known. */
  get processes(): ReadonlySignal<readonly ProjectProcess[] | null> {
    return this.#processes;
  }

  /** Versions that were just asked to start. */
  get starting(): ReadonlySignal<ReadonlySet<string>> {
    return this.#starting;
  }

  /** The routes of the process that is asked. */
  get routes(): ReadonlySignal<RouteList> {
    return this.#routes;
  }

  /** The answers to the last request: one, or one of each version. */
  get answers(): ReadonlySignal<readonly ProcessAnswer[]> {
    return this.#answers;
  }

  get sending(): ReadonlySignal<boolean> {
    return this.#sending;
  }

  /** What is wrong with the request that was to be sent. */
  get problem(): ReadonlySignal<DraftProblem | null> {
    return this.#problem;
  }

  /** Finds out what runs; to be called once. */
  async open(): Promise<void> {
    await Promise.all([this.saved.load(), this.#refresh()]);
    // What could not be found out was told; one can start a version all the same.
    this.#processes.value ??= [];
  }

  /** Ends what listens and waits; what runs goes on. */
  close(): void {
    this.#isClosed = true;
    this.#cancelPoll?.();
    for (const log of this.#logs.values()) log.stop();
  }

  /** Starts a version. */
  async start(versionId: string): Promise<void> {
    if (this.#starting.peek().has(versionId)) return;
    this.#starting.value = new Set(this.#starting.peek()).add(versionId);
    await this.#try(async () => {
      const started = await this.#options.api.start(this.#options.projectId, versionId);
      const others = (this.#processes.peek() ?? []).filter(({ id }) => id !== started.id);
      this.#take([...others, started]);
      this.showLog(started.id);
    });
    this.#starting.value = new Set([...this.#starting.peek()].filter((id) => id !== versionId));
  }

  /** Stops a process; of one that ended the server forgets its log. */
  async stop(processId: string): Promise<void> {
    await this.#try(async () => {
      await this.#options.api.stop(this.#options.projectId, processId);
      this.#logs.get(processId)?.stop();
      this.#logs.delete(processId);
      this.#take((this.#processes.peek() ?? []).filter(({ id }) => id !== processId));
    });
  }

  setTarget(target: Target): void {
    this.#target.value = target;
    this.#findRoutes();
  }

  /** Shows the log of a process; only that one is listened to, since browsers allow few connections. */
  showLog(processId: string): void {
    this.#logged.value = processId;
    this.#listen();
  }

  /** What a process wrote. */
  logOf(processId: string): ProcessLog {
    const known = this.#logs.get(processId);
    if (known) return known;
    const { api, projectId, clock } = this.#options;
    const log = new ProcessLog({
      clock,
      open: (lastEventId, signal) => api.logs(projectId, processId, lastEventId, signal),
      onExit: (exit) => this.#ended(processId, exit),
    });
    this.#logs.set(processId, log);
    return log;
  }

  /** Sends what was written. */
  async send(): Promise<void> {
    const read = this.draft.read();
    this.#problem.value = "problem" in read ? read.problem : null;
    if ("problem" in read || this.#sending.peek()) return;
    const target = this.target.peek();
    const running = this.running.peek();
    const asked = target === "both" ? running.slice(0, 2) : running.filter(({ id }) => id === target);
    this.#sending.value = true;
    await this.#try(async () => {
      this.#answers.value = await Promise.all(asked.map((process) => this.#ask(process, read.request)));
    });
    this.#sending.value = false;
  }

  /** Keeps what was written for the project; the same request is kept once. */
  async save(): Promise<void> {
    const read = this.draft.read();
    this.#problem.value = "problem" in read ? read.problem : null;
    if ("problem" in read) return;
    await this.saved.add(read.request);
  }

  async #ask(process: ProjectProcess, request: ProcessRequest): Promise<ProcessAnswer> {
    const answer = await this.#options.api.send(this.#options.projectId, process.id, request);
    return { process, answer };
  }

  /** What nobody asked for may fail in silence: it is tried again. */
  async #refresh(isPoll = false): Promise<void> {
    await this.#try(async () => {
      this.#take(await this.#options.api.processes(this.#options.projectId));
    }, isPoll);
    this.#poll();
  }

  #take(processes: readonly ProjectProcess[]): void {
    if (this.#isClosed) return;
    this.#processes.value = processes;
    this.#listen();
    this.#findRoutes();
    this.#poll();
  }

  #ended(processId: string, exit: ProcessExit): void {
    const processes = this.#processes.peek() ?? [];
    this.#take(
      processes.map((process) => process.id === processId ? { ...process, state: "exited", exit } : process),
    );
  }

  #listen(): void {
    const logged = this.logged.peek()?.id;
    for (const [id, log] of this.#logs) if (id !== logged) log.stop();
    if (logged !== undefined) this.logOf(logged).start();
  }

  /** A process that ends by itself says so in its log, but only one log is listened to. */
  #poll(): void {
    this.#cancelPoll?.();
    const alive = (this.#processes.peek() ?? []).filter(isAlive);
    if (this.#isClosed || alive.length === 0) return;
    const pause = alive.some(({ state }) => state === "starting") ? SOON_MS : LATER_MS;
    this.#cancelPoll = this.#options.clock.after(pause, () => void this.#refresh(true));
  }

  #findRoutes(): void {
    const target = this.target.peek();
    const processId = target === "both" ? this.running.peek()[0]?.id ?? null : target;
    if (processId === this.#routesOf) return;
    this.#routesOf = processId;
    if (processId === null) return;
    void this.#try(async () => {
      const routes = await this.#options.api.routes(this.#options.projectId, processId);
      if (processId === this.#routesOf) this.#routes.value = routes;
    });
  }

  /** What did not work is told. */
  async #try(work: () => Promise<void>, isQuiet = false): Promise<void> {
    try {
      await work();
    } catch (error) {
      const isHidden = this.#isClosed || (isQuiet && error instanceof FreshetError);
      if (!isHidden) this.#options.onError(error);
    }
  }
}

function isAlive({ state }: ProjectProcess): boolean {
  return state !== "exited";
}
