import type { FreshetError } from "../../shared/mod.ts";
import { abortable } from "./abortable.ts";
import type { JailedCommand, JailedProcess } from "../jail.ts";
import type { SandboxLimits } from "../limits.ts";
import type { ToolOutcome } from "../tool_run.ts";
import { type DenoCommand, type Fetch, type ServerAddress, Toolchain } from "../toolchain.ts";
import type { Job } from "../workspace.ts";
import type { E2bWorkspace } from "./e2b_workspace.ts";
import { toE2bError } from "./errors.ts";
import type { Machine } from "./machine.ts";
import { spawnRemote } from "./remote_command.ts";
import { commandLine } from "./shell.ts";

/** What belongs to a toolchain at E2B. */
export interface E2bToolchainOptions {
  apiKey: string;
  limits: SandboxLimits;
  fetch?: Fetch | undefined;
  /** The machine, or the connection to it, was lost: what was found out since tells nothing of the project. */
  onLost(error: FreshetError): void;
}

/**
 * Starts deno on a machine at E2B, with the flags and the environment of a jail. The jail itself is not needed: the machine is the
 * project's own and its memory is the limit.
 */
export class E2bToolchain extends Toolchain {
  readonly #workspace: E2bWorkspace;
  readonly #options: E2bToolchainOptions;

  constructor(workspace: E2bWorkspace, options: E2bToolchainOptions) {
    super(`${workspace.directory}/deno`, workspace, options.limits, options.fetch);
    this.#workspace = workspace;
    this.#options = options;
  }

  override addressOf(port: number): ServerAddress {
    return this.#workspace.addressOf(port);
  }

  /** The time that a command may take begins when its machine is there. */
  override async run(
    job: Job,
    command: DenoCommand & { config?: string },
    signal?: AbortSignal,
  ): Promise<ToolOutcome> {
    await abortable(this.#machineFor(job), signal);
    return await super.run(job, command, signal);
  }

  protected override start(job: Job, command: JailedCommand): JailedProcess {
    let machine: Machine | undefined;
    return spawnRemote({
      start: async (listener) => {
        machine = await this.#machineFor(job);
        listener.signal.throwIfAborted();
        return await machine.start(commandLine(command), command.cwd, listener);
      },
      kill: (handle) => machine?.kill(handle) ?? Promise.resolve(),
      onLost: (cause) => this.#lost(cause).message,
      keep: (work) => this.#workspace.follow(work),
    });
  }

  async #machineFor(job: Job): Promise<Machine> {
    try {
      return await this.#workspace.machineFor(job);
    } catch (error) {
      throw this.#lost(error);
    }
  }

  #lost(cause: unknown): FreshetError {
    const error = toE2bError(cause, this.#options.apiKey);
    this.#options.onLost(error);
    return error;
  }
}
