import { type Clock, systemClock } from "../../host/mod.ts";
import { type CheckResult, FreshetError, type ProjectFile } from "../../shared/mod.ts";
import { createContext, runChecks } from "../check_run.ts";
import { checkImports } from "../checks/imports.ts";
import { checkPaths } from "../checks/paths.ts";
import type { HonoPackage } from "../hono_package.ts";
import { launch } from "../launch.ts";
import { DEFAULT_LIMITS, type SandboxLimits } from "../limits.ts";
import type { LocalProcess } from "../local_process.ts";
import { hasMain, isFiles, refuse } from "../local_sandbox.ts";
import { readRoutes } from "../routes.ts";
import type { Availability, CheckOptions, RouteList, Sandbox, SandboxProcess } from "../sandbox.ts";
import { Semaphore } from "../semaphore.ts";
import type { Job } from "../workspace.ts";
import { E2bToolchain } from "./e2b_toolchain.ts";
import { E2bWorkspace } from "./e2b_workspace.ts";
import type { E2bSandboxOptions } from "./options.ts";
import { E2bService } from "./service.ts";

/** A machine's directory, its tools, and a signal that fires when the machine is lost or the caller gives up. */
interface Workplace {
  workspace: E2bWorkspace;
  toolchain: E2bToolchain;
  signal: AbortSignal;
}

/**
 * Runs projects on virtual machines at E2B (https://e2b.dev), by E2B's official client: one for each set of checks, which ends with
 * it, and one for each project that runs. Code gets the permissions it has locally, and the machine reaches nothing but npm's
 * registry. Nothing is asked of E2B, nor its client loaded, before the first use.
 *
 * Proven against a fake only (`testing.ts`) that speaks E2B's API and the protocol of its machines as the client and E2B's published
 * source have them; never yet against the service.
 */
export class E2bSandbox implements Sandbox {
  readonly name = "e2b";
  readonly limits: SandboxLimits;
  readonly #options: E2bSandboxOptions;
  readonly #clock: Clock;
  readonly #semaphore: Semaphore;
  readonly #service: E2bService;
  readonly #workspaces = new Set<E2bWorkspace>();
  readonly #processes = new Map<string, { process: LocalProcess; toolchain: E2bToolchain }>();
  /** Ends of machines that nobody waits for. */
  readonly #ends = new Set<Promise<void>>();
  #starting = 0;
  #isClosed = false;

  constructor(options: E2bSandboxOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.limits = { ...DEFAULT_LIMITS, ...options.limits };
    this.#semaphore = new Semaphore(this.limits.checks);
    this.#service = new E2bService(options);
  }

  async availability(): Promise<Availability> {
    const found = await this.#service.find();
    return "reason" in found ? { type: "missing", reason: found.reason } : { type: "ready" };
  }

  /** Throws when E2B fails on the way, for then the checks would speak of E2B and not of the project. */
  async *check(files: readonly ProjectFile[], options: CheckOptions): AsyncGenerator<CheckResult> {
    const { workspace, toolchain, signal } = await this.#open({ signal: options.signal });
    try {
      yield* runChecks(files, { ...options, signal }, {
        toolchain,
        semaphore: this.#semaphore,
        clock: this.#clock,
      });
    } finally {
      await this.#close(workspace);
    }
  }

  async start(
    files: readonly ProjectFile[],
    options: { signal?: AbortSignal } = {},
  ): Promise<SandboxProcess> {
    if (!hasMain(files)) refuse([{ message: "there is no main.ts" }]);
    refuse(checkPaths(files));
    this.#claimPlace();
    try {
      const { workspace, toolchain, signal } = await this.#open({
        signal: options.signal,
        endsWithJob: true,
      });
      try {
        await this.#admit(files, toolchain, signal);
        const process = await launch(files, toolchain, this.#clock, options.signal);
        this.#keep(process, workspace, toolchain);
        if (this.#isClosed) await process.stop();
        return process;
      } catch (error) {
        await this.#close(workspace);
        throw error;
      }
    } finally {
      this.#starting--;
    }
  }

  async listRoutes(
    source: SandboxProcess | readonly ProjectFile[],
    signal?: AbortSignal,
  ): Promise<RouteList> {
    if (!isFiles(source)) {
      const running = this.#processes.get(source.id);
      if (!running) return { routes: [], reason: "Cannot tell the routes: the project is not running" };
      const { process: { job }, toolchain } = running;
      return await this.#semaphore.run(() => readRoutes(job, toolchain, signal));
    }
    if (!hasMain(source)) return { routes: [], reason: "Cannot tell the routes: there is no main.ts" };
    refuse(checkPaths(source));
    return await this.#semaphore.run(async () => {
      const place = await this.#open({ signal });
      try {
        const job = await this.#admit(source, place.toolchain, place.signal);
        return await readRoutes(job, place.toolchain, place.signal);
      } finally {
        await this.#close(place.workspace);
      }
    });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([...this.#processes.values()].map(({ process }) => process.stop()));
    await Promise.all([...this.#workspaces].map((workspace) => this.#close(workspace)));
    await Promise.all(this.#ends);
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

  #keep(process: LocalProcess, workspace: E2bWorkspace, toolchain: E2bToolchain): void {
    if (process.state !== "exited") this.#processes.set(process.id, { process, toolchain });
    process.exited.then(({ reason }) => {
      this.#processes.delete(process.id);
      this.#workspaces.delete(workspace);
      this.#options.log?.info("A project's process at E2B ended", { id: process.id, reason });
    }).catch((error) => this.#options.log?.error("Cannot clean up after a process", { error }));
  }

  /** Writes a project whose imports are allowed; throws `invalid_request` for any other. */
  async #admit(
    files: readonly ProjectFile[],
    toolchain: E2bToolchain,
    signal: AbortSignal,
  ): Promise<Job> {
    const job = await toolchain.workspace.createJob(files);
    const finding = await checkImports(createContext({ files, kinds: ["api"], job, toolchain, signal }));
    refuse("problems" in finding ? finding.problems : [{ message: "there is no code" }]);
    return job;
  }

  async #open(
    { signal, endsWithJob = false }: { signal: AbortSignal | undefined; endsWithJob?: boolean },
  ): Promise<Workplace> {
    const hono = await this.#hono();
    const lost = new AbortController();
    const workspace = new E2bWorkspace(this.#options, {
      hono,
      endsWithJob,
      keep: (end) => {
        this.#ends.add(end);
        end.finally(() => this.#ends.delete(end));
      },
    });
    const toolchain = new E2bToolchain(workspace, {
      apiKey: this.#options.apiKey,
      limits: this.limits,
      fetch: this.#options.fetch,
      onLost: (error) => {
        this.#options.log?.warn("An E2B sandbox was lost", { reason: error.message });
        lost.abort(error);
      },
    });
    this.#workspaces.add(workspace);
    return { workspace, toolchain, signal: AbortSignal.any([lost.signal, ...(signal ? [signal] : [])]) };
  }

  async #close(workspace: E2bWorkspace): Promise<void> {
    await workspace.end();
    this.#workspaces.delete(workspace);
  }

  async #hono(): Promise<HonoPackage> {
    const found = await this.#service.find();
    if (this.#isClosed) throw new FreshetError("unavailable", "The sandbox is closed");
    if (!("reason" in found)) return found.hono;
    throw new FreshetError("unsupported", `Cannot run projects at E2B: ${found.reason}`);
  }
}
