import type { CheckName, CheckResult, ProjectFile, ProjectKind } from "../shared/mod.ts";

/** Whether code can be run here; `reason` is a sentence for a person. */
export type Availability = { type: "ready" } | { type: "missing"; reason: string };

/** What to check of a project. */
export interface CheckOptions {
  kinds: readonly ProjectKind[];
  /** All of them where absent. Gates (`paths`, `imports`) run for the others' sake even when they are not asked for. */
  checks?: readonly CheckName[];
  signal?: AbortSignal;
}

/** A line that a process wrote. */
export interface LogLine {
  /** Counts from 1 without gaps; old lines are dropped when the log is full. */
  seq: number;
  /** ms since 1970. */
  at: number;
  stream: "stdout" | "stderr";
  /** Without the line break and ANSI codes, at most 8,000 characters. */
  text: string;
}

/** Where a process stands. */
export type ProcessState = "starting" | "running" | "exited";

/** How a process ended. `reason` is for a person: "stopped", "it ran out of memory", … */
export interface ProcessExit {
  code: number;
  signal: string | null;
  reason: string;
}

/** A project that runs. */
export interface SandboxProcess {
  readonly id: string;
  /** Where it listens; reachable by this host only. Use `fetch`, which keeps count of its idleness. */
  readonly url: string;
  readonly pid?: number;
  readonly state: ProcessState;
  /** ms since 1970. */
  readonly startedAt: number;
  /** The lines after `afterSeq` (0 for all that are kept), then new ones as they come, until the process ends or `signal` is aborted. */
  logs(afterSeq: number, signal: AbortSignal): AsyncGenerator<LogLine[]>;
  readonly exited: Promise<ProcessExit>;
  /** Ends it, first politely, and removes its directory. Resolves when nothing of it is left. */
  stop(): Promise<void>;
  /**
   * Hands a request to it: method, path, query, headers (but hop-by-hop ones and Freshet's own cookie) and body. Redirects are
   * answered, not followed. Throws `unavailable` when it has ended, `stalled` when it does not answer, which ends it.
   */
  fetch(request: Request): Promise<Response>;
}

/** A route of an API project. */
export interface ApiRoute {
  /** `ALL` for every method. */
  method: string;
  /** As written in the code: "/todos/:id". */
  path: string;
}

/** The routes that a project says it has, or why they cannot be told. */
export interface RouteList {
  routes: ApiRoute[];
  reason?: string;
}

/** Runs code that nobody trusts, away from the server's own rights. */
export interface Sandbox {
  readonly name: string;
  availability(): Promise<Availability>;
  /** Checks a project and yields each result when it is there, so not in the order of `CHECKS`. Never throws for what the project is. */
  check(files: readonly ProjectFile[], options: CheckOptions): AsyncGenerator<CheckResult>;
  /**
   * Starts an API project (`main.ts` with `export default app`). Resolves when it listens, or when it ended before it did: its
   * log says why. Throws `invalid_request` for a project that must not be run, `rate_limited` when too many run already and
   * `unsupported` where nothing can be run.
   */
  start(files: readonly ProjectFile[], options?: { signal?: AbortSignal }): Promise<SandboxProcess>;
  /** Finds the routes of an API project by importing its `main.ts` in a process of its own. */
  listRoutes(source: SandboxProcess | readonly ProjectFile[], signal?: AbortSignal): Promise<RouteList>;
  /** Stops all processes and removes everything this sandbox wrote. */
  close(): Promise<void>;
}
