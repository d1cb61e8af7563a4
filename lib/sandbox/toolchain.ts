import type { SandboxLimits } from "./limits.ts";
import { type JailedCommand, type JailedProcess, spawnJailed } from "./jail.ts";
import { runToEnd, type ToolOutcome } from "./tool_run.ts";
import type { Job, Workspace } from "./workspace.ts";

/** The part of `fetch` that asks the server of a job. */
export type Fetch = (request: Request, init?: RequestInit) => Promise<Response>;

/** No proxy listens there: what a tool would fetch for a project's sake fails at once instead of leaving the host. */
const NO_PROXY_THERE = "http://127.0.0.1:9";

/** A subcommand of deno over a job. */
export interface DenoCommand {
  subcommand: "info" | "check" | "lint" | "test" | "run" | "serve";
  args: string[];
  /** Permissions, for what runs code. */
  permissions?: string[];
}

/** Where a server of a job listens, and how it is asked from here. */
export interface ServerAddress {
  /** The address it is bound to. */
  host: string;
  url: string;
  /** Headers that every request needs on the way. */
  headers: Record<string, string>;
}

/** Starts deno for a job, always with the flags and the environment that keep a project in. */
export class Toolchain {
  constructor(
    readonly deno: string,
    readonly workspace: Workspace,
    readonly limits: SandboxLimits,
    /** How servers of jobs are asked. */
    readonly send: Fetch = fetch,
  ) {}

  /** Runs a subcommand until it ends. */
  run(
    job: Job,
    command: DenoCommand & { config?: string },
    signal?: AbortSignal,
  ): Promise<ToolOutcome> {
    return runToEnd(this.spawn(job, command), { timeoutMs: this.limits.checkMs, signal });
  }

  /** Starts a subcommand. The first arguments of `args` are files of the job, relative to its directory. */
  spawn(
    job: Job,
    { subcommand, args, permissions, config }: DenoCommand & { config?: string },
  ): JailedProcess {
    const { workspace, limits } = this;
    const runsCode = permissions !== undefined;
    return this.start(job, {
      path: this.deno,
      args: [
        subcommand,
        ...["--config", config ?? workspace.runConfig],
        ...(subcommand === "lint" ? [] : ["--no-lock", "--no-remote"]),
        ...(subcommand === "lint" || config ? [] : ["--no-npm"]),
        ...(subcommand === "lint" || subcommand === "info" ? [] : ["--cached-only"]),
        ...(runsCode ? this.#runFlags(permissions) : []),
        ...args,
      ],
      cwd: job.directory,
      env: {
        DENO_DIR: config ? workspace.denoDirectory : job.cacheDirectory,
        HOME: job.directory,
        NO_COLOR: "1",
        DENO_NO_PACKAGE_JSON: "1",
        DENO_NO_UPDATE_CHECK: "1",
        ...(runsCode ? {} : { HTTP_PROXY: NO_PROXY_THERE, HTTPS_PROXY: NO_PROXY_THERE }),
      },
      memoryBytes: runsCode ? limits.memoryBytes : limits.toolMemoryBytes,
    });
  }

  /** Where a server that is started on a port can be asked; loopback, as it runs on this host. */
  addressOf(port: number): ServerAddress {
    return { host: "127.0.0.1", url: `http://127.0.0.1:${port}`, headers: {} };
  }

  /** Starts a command of a job, in a jail on this host. */
  protected start(_job: Job, command: JailedCommand): JailedProcess {
    return spawnJailed(command);
  }

  /** Reading is allowed within the project only; `--no-prompt` because nobody sits there to be asked. */
  #runFlags(permissions: string[]): string[] {
    const heapMegabytes = Math.floor(this.limits.heapBytes / 2 ** 20);
    return [
      "--no-prompt",
      "--no-check",
      `--v8-flags=--max-old-space-size=${heapMegabytes}`,
      ...permissions,
    ];
  }
}

/** What every process may do: read the project it belongs to. Deno takes a doubled comma for a comma in a path. */
export function readPermission(job: Job): string {
  return `--allow-read=${job.projectDirectory.replaceAll(",", ",,")}`;
}
