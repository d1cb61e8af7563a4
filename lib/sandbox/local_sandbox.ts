import { type Clock, findDeno, type Log, systemClock } from "../host/mod.ts";
import { type CheckResult, FreshetError, type ProjectFile } from "../shared/mod.ts";
import { createContext, runChecks } from "./check_run.ts";
import { checkImports } from "./checks/imports.ts";
import { checkPaths } from "./checks/paths.ts";
import { findHono } from "./hono_package.ts";
import { launch } from "./launch.ts";
import { DEFAULT_LIMITS, type SandboxLimits } from "./limits.ts";
import type { LocalProcess } from "./local_process.ts";
import { readRoutes } from "./routes.ts";
import type { Availability, CheckOptions, RouteList, Sandbox, SandboxProcess } from "./sandbox.ts";
import { Semaphore } from "./semaphore.ts";
import { type Fetch, Toolchain } from "./toolchain.ts";
import { type Job, Workspace } from "./workspace.ts";

/** How a `LocalSandbox` is set up. */
export interface LocalSandboxOptions {
  /** Where it keeps its directories; nothing else may be kept there. Made when first needed. */
  directory: string;
  limits?: Partial<SandboxLimits>;
  clock?: Clock;
  log?: Log;
  /** How running projects are asked; the global `fetch` unless given. */
  fetch?: Fetch;
}

/**
 * Runs projects on this host as Deno processes that may do next to nothing: an empty environment, no
 * permission but to read their own directory and to use one loopback port, limited memory, and an end when the server ends. What
 * they import is looked at before anything runs. Nothing is started or written before the first use.
 */
export class LocalSandbox implements Sandbox {
  readonly name = "local";
  readonly limits: SandboxLimits;
  readonly #options: LocalSandboxOptions;
  readonly #clock: Clock;
  readonly #semaphore: Semaphore;
  readonly #processes = new Map<string, LocalProcess>();
  #starting = 0;
  #prepared: Promise<Toolchain | { reason: string }> | undefined;
  #isClosed = false;

  constructor(options: LocalSandboxOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.limits = { ...DEFAULT_LIMITS, ...options.limits };
    this.#semaphore = new Semaphore(this.limits.checks);
  }

  /** Removes what a killed server left. Call it before the first use, with the data folder's lock held. */
  async sweep(): Promise<void> {
    if (this.#prepared) throw new Error("Cannot sweep the sandbox: it is in use");
    await Workspace.sweep(this.#options.directory);
  }

  async availability(): Promise<Availability> {
    const prepared = await this.#prepare();
    return prepared instanceof Toolchain ? { type: "ready" } : { type: "missing", reason: prepared.reason };
  }

  async *check(files: readonly ProjectFile[], options: CheckOptions): AsyncGenerator<CheckResult> {
    const toolchain = await this.#toolchain();
    yield* runChecks(files, options, { toolchain, semaphore: this.#semaphore, clock: this.#clock });
  }

  async start(
    files: readonly ProjectFile[],
    options: { signal?: AbortSignal } = {},
  ): Promise<SandboxProcess> {
    const toolchain = await this.#toolchain();
    if (!hasMain(files)) refuse([{ message: "there is no main.ts" }]);
    this.#claimPlace();
    try {
      await this.#admit(files, toolchain, options.signal).then((job) => job.remove());
      const process = await launch(files, toolchain, this.#clock, options.signal);
      this.#keep(process);
      if (this.#isClosed) await process.stop();
      return process;
    } finally {
      this.#starting--;
    }
  }

  async listRoutes(
    source: SandboxProcess | readonly ProjectFile[],
    signal?: AbortSignal,
  ): Promise<RouteList> {
    const toolchain = await this.#toolchain();
    if (!isFiles(source)) {
      const running = this.#processes.get(source.id);
      if (!running) return { routes: [], reason: "Cannot tell the routes: the project is not running" };
      return await this.#semaphore.run(() => readRoutes(running.job, toolchain, signal));
    }
    if (!hasMain(source)) {
      return { routes: [], reason: "Cannot tell the routes: there is no main.ts" };
    }
    return await this.#semaphore.run(async () => {
      const job = await this.#admit(source, toolchain, signal);
      try {
        return await readRoutes(job, toolchain, signal);
      } finally {
        await job.remove();
      }
    });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([...this.#processes.values()].map((process) => process.stop()));
    const prepared = await this.#prepared;
    if (prepared instanceof Toolchain) await prepared.workspace.remove();
  }

  #claimPlace(): void {
    const { processes } = this.limits;
    if (this.#processes.size + this.#starting >= processes) {
      throw new FreshetError("rate_limited", `Cannot start the project: ${processes} are running already`, {
        hint: "Stop one of them first",
      });
    }
    this.#starting++;
  }

  #keep(process: LocalProcess): void {
    if (process.state === "exited") return;
    this.#processes.set(process.id, process);
    process.exited.then(({ reason }) => {
      this.#processes.delete(process.id);
      this.#options.log?.info("A project's process ended", { id: process.id, reason });
    }).catch((error) => this.#options.log?.error("Cannot clean up after a process", { error }));
  }

  /** Writes a project whose paths and imports are allowed; throws `invalid_request` for any other. */
  async #admit(
    files: readonly ProjectFile[],
    toolchain: Toolchain,
    signal: AbortSignal | undefined,
  ): Promise<Job> {
    refuse(checkPaths(files));
    const job = await toolchain.workspace.createJob(files);
    try {
      const finding = await checkImports(createContext({ files, kinds: ["api"], job, toolchain, signal }));
      refuse("problems" in finding ? finding.problems : [{ message: "there is no code" }]);
      return job;
    } catch (error) {
      await job.remove();
      throw error;
    }
  }

  async #toolchain(): Promise<Toolchain> {
    const prepared = await this.#prepare();
    if (this.#isClosed) throw new FreshetError("unavailable", "The sandbox is closed");
    if (prepared instanceof Toolchain) return prepared;
    throw new FreshetError("unsupported", `Cannot run projects here: ${prepared.reason}`);
  }

  #prepare(): Promise<Toolchain | { reason: string }> {
    return this.#prepared ??= this.#findTools();
  }

  async #findTools(): Promise<Toolchain | { reason: string }> {
    const deno = await findDeno();
    if (deno.type === "missing") return deno;
    const hono = await findHono();
    if (!hono) return { reason: "Freshet's own copy of hono, which projects use, cannot be found" };
    const workspace = await Workspace.create(this.#options.directory, hono);
    const toolchain = new Toolchain(deno.path, workspace, this.limits, this.#options.fetch);
    const reason = await probe(toolchain);
    if (reason === undefined) return toolchain;
    await workspace.remove();
    return { reason };
  }
}

/** Whether a deno in its jail does what is asked of it; why not, otherwise. */
async function probe(toolchain: Toolchain): Promise<string | undefined> {
  const files = [{ path: "main.ts", content: `export { Hono } from "hono";\n` }];
  const job = await toolchain.workspace.createJob(files);
  try {
    const context = createContext({ files, kinds: ["api"], job, toolchain, signal: undefined });
    const finding = await checkImports(context);
    const problem = "problems" in finding ? finding.problems[0] : undefined;
    return problem && `Deno cannot be used in a sandbox here: ${problem.message}`;
  } finally {
    await job.remove();
  }
}

/** Whether there is something to start. */
export function hasMain(files: readonly ProjectFile[]): boolean {
  return files.some(({ path }) => path === "main.ts");
}

/** Tells the files of a project from a project that runs. */
export function isFiles(source: SandboxProcess | readonly ProjectFile[]): source is readonly ProjectFile[] {
  return Array.isArray(source);
}

/** Throws `invalid_request` with the first problem, if there is one. */
export function refuse(problems: readonly { path?: string; message: string }[]): void {
  const [first] = problems;
  if (!first) return;
  const place = first.path ? `${first.path}: ` : "";
  throw new FreshetError("invalid_request", `Cannot run the project: ${place}${first.message}`);
}
