import type { CommandHandle, Sandbox as E2bClient } from "e2b";
import { type Clock, type Log, systemClock } from "../../host/mod.ts";
import { FreshetError } from "../../shared/mod.ts";
import { lastLines } from "../problems.ts";
import type { ServerAddress } from "../toolchain.ts";
import { abortable } from "./abortable.ts";
import { toE2bError } from "./errors.ts";
import { apiOriginOf, connectionOf, type E2bSandboxOptions } from "./options.ts";
import type { CommandListener } from "./remote_command.ts";

/** A machine ends by itself when it was not asked for so long, so none outlives a server that died. */
const LEASE_MS = 5 * 60_000;
const RENEWAL_MS = 2 * 60_000;
const SET_UP_MS = 3 * 60_000;
const KILL_ATTEMPTS = 2;
/** Where a machine takes files and commands. */
const ENVD_PORT = 49_983;
/** All that a machine may reach: where deno and hono come from. */
const NETWORK = { allowOut: ["registry.npmjs.org"], denyOut: ["0.0.0.0/0"], allowPublicTraffic: false };

/** A file to be written to a machine. */
export type RemoteFile = [path: string, text: string];

/** A virtual machine at E2B, which is what E2B calls a sandbox. Its ports answer only to whoever has its token. */
export class Machine {
  readonly #options: E2bSandboxOptions;
  readonly #client: E2bClient;
  readonly #clock: Clock;
  readonly #log: Log | undefined;
  readonly #ended = new AbortController();
  readonly #work = new Set<Promise<void>>();
  readonly #cancelRenewal: () => void;
  #end: Promise<void> | undefined;

  private constructor(client: E2bClient, options: E2bSandboxOptions) {
    this.#client = client;
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#log = options.log;
    this.#cancelRenewal = this.#clock.every(RENEWAL_MS, () => this.#keep(this.#renew()));
  }

  /**
   * Starts a machine. An abort is answered at once, though the machine may be on its way: then `keep` is given the work of ending
   * it. Throws `auth`, `rate_limited`, `unreachable`, `stalled`, `unavailable` or `upstream`.
   */
  static async boot(
    options: E2bSandboxOptions,
    signal: AbortSignal,
    keep: (work: Promise<void>) => void,
  ): Promise<Machine> {
    signal.throwIfAborted();
    const { Sandbox } = await import("e2b");
    options.onContact?.(apiOriginOf(options));
    const booting = Sandbox.create(options.template ?? "base", {
      ...connectionOf(options),
      timeoutMs: LEASE_MS,
      metadata: { app: "freshet" },
      network: NETWORK,
    }).then((client) => new Machine(client, options), (error) => {
      throw toE2bError(error, options.apiKey);
    });
    try {
      return await abortable(booting, signal);
    } catch (error) {
      // Where it failed there is nothing to end.
      keep(booting.then((machine) => machine.end(), () => {}));
      throw error;
    }
  }

  get id(): string {
    return this.#client.sandboxId;
  }

  /** Writes files, with the directories they stand in. */
  async write(files: readonly RemoteFile[]): Promise<void> {
    this.#noteMachine();
    try {
      const entries = files.map(([path, data]) => ({ path, data }));
      await this.#client.files.writeFiles(entries, { signal: this.#ended.signal });
    } catch (error) {
      throw this.#toError(error);
    }
  }

  /** Runs a script to its end; throws `unavailable` when it fails. */
  async run(script: string, cwd: string): Promise<void> {
    this.#noteMachine();
    try {
      await this.#client.commands.run(script, { cwd, timeoutMs: SET_UP_MS, signal: this.#ended.signal });
    } catch (error) {
      if (!(error instanceof Error) || error.name !== "CommandExitError") throw this.#toError(error);
      const { stderr = "" } = error as Error & { stderr?: string };
      const said = lastLines(stderr.replaceAll(this.#options.apiKey, "…"), 3);
      throw new FreshetError(
        "unavailable",
        `Cannot set up deno in the E2B sandbox: ${said || error.message}`,
      );
    }
  }

  /** Starts a line of shell. Its time is limited by who starts it. Rejects with the client's own errors. */
  start(line: string, cwd: string, listener: CommandListener): Promise<CommandHandle> {
    this.#noteMachine();
    return this.#client.commands.run(line, { background: true, cwd, timeoutMs: 0, ...listener });
  }

  /** Ends a command; when that fails, the machine's own end does it. */
  async kill({ pid }: CommandHandle): Promise<void> {
    this.#noteMachine();
    try {
      await this.#client.commands.kill(pid, { signal: this.#ended.signal });
    } catch (error) {
      if (this.#ended.signal.aborted) return;
      this.#log?.debug("Cannot end a command in an E2B sandbox", { id: this.id, ...this.#told(error) });
    }
  }

  /** Where a port of the machine is asked: a host of its own at E2B, by https, or the one URL that was set. */
  addressOf(port: number): ServerAddress {
    const { sandboxUrl } = this.#options;
    const token = this.#client.trafficAccessToken;
    const headers = {
      ...(token ? { "e2b-traffic-access-token": token } : {}),
      ...(sandboxUrl ? { "e2b-sandbox-id": this.id, "e2b-sandbox-port": String(port) } : {}),
    };
    const url = sandboxUrl?.replace(/\/$/, "") ?? `https://${this.#client.getHost(port)}`;
    return { host: "0.0.0.0", url, headers };
  }

  /** Ends the machine and all that runs in it. Never throws: one that cannot be ended now ends with its lease. */
  end(): Promise<void> {
    return this.#end ??= this.#kill();
  }

  async #kill(): Promise<void> {
    this.#cancelRenewal();
    this.#ended.abort();
    for (let attempt = 1; attempt <= KILL_ATTEMPTS; attempt++) {
      this.#options.onContact?.(apiOriginOf(this.#options));
      try {
        await this.#client.kill();
        break;
      } catch (error) {
        const told = { id: this.id, attempt, ...this.#told(error) };
        this.#log?.warn("Cannot end an E2B sandbox; it ends by itself within five minutes", told);
      }
    }
    await Promise.allSettled(this.#work);
  }

  async #renew(): Promise<void> {
    this.#options.onContact?.(apiOriginOf(this.#options));
    try {
      await this.#client.setTimeout(LEASE_MS, { signal: this.#ended.signal });
    } catch (error) {
      if (this.#ended.signal.aborted) return;
      this.#log?.warn("Cannot prolong an E2B sandbox", { id: this.id, ...this.#told(error) });
    }
  }

  /** Files and commands are asked for at a host of the machine's own. */
  #noteMachine(): void {
    const { onContact, sandboxUrl } = this.#options;
    onContact?.(sandboxUrl ?? `https://${this.#client.getHost(ENVD_PORT)}`);
  }

  #keep(work: Promise<void>): void {
    this.#work.add(work);
    work.finally(() => this.#work.delete(work));
  }

  #toError(error: unknown): FreshetError {
    if (this.#ended.signal.aborted) return new FreshetError("cancelled", "The E2B sandbox was ended");
    return toE2bError(error, this.#options.apiKey);
  }

  #told(error: unknown): { reason: string } {
    return { reason: toE2bError(error, this.#options.apiKey).message };
  }
}
