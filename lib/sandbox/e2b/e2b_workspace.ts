import { pathToFileURL } from "node:url";
import { FreshetError, newId, type ProjectFile, projectPath } from "../../shared/mod.ts";
import { type HonoPackage, importMap } from "../hono_package.ts";
import type { ServerAddress } from "../toolchain.ts";
import { type Job, Workspace } from "../workspace.ts";
import { Machine, type RemoteFile } from "./machine.ts";
import type { E2bSandboxOptions } from "./options.ts";
import { setUpScript } from "./shell.ts";

/** What belongs to a workspace at E2B. */
export interface E2bWorkspaceOptions {
  /** Freshet's own copy of hono: the machine gets the same version. */
  hono: HonoPackage;
  /** Ends the machine with the first job that is removed; else `end` does. */
  endsWithJob: boolean;
  /** Keeps the end of a machine that comes when nobody waits for it any more. */
  keep(work: Promise<void>): void;
}

/**
 * A directory on a machine at E2B. The machine is started with the first command that needs it, so that what can be told without one
 * needs none.
 */
export class E2bWorkspace extends Workspace {
  readonly #source: HonoPackage;
  readonly #options: E2bSandboxOptions;
  readonly #endsWithJob: boolean;
  readonly #keep: (work: Promise<void>) => void;
  readonly #work = new Set<Promise<void>>();
  readonly #ended = new AbortController();
  readonly #jobs = new Map<string, E2bJob>();
  #machine: Machine | undefined;
  #prepared: Promise<Machine> | undefined;

  constructor(options: E2bSandboxOptions, { hono, endsWithJob, keep }: E2bWorkspaceOptions) {
    const root = `/tmp/freshet-e2b-${newId()}`;
    const { version } = hono;
    super("/tmp", root, { version, directory: `${root}/deno_dir/npm/registry.npmjs.org/hono/${version}` });
    this.#source = hono;
    this.#options = options;
    this.#endsWithJob = endsWithJob;
    this.#keep = keep;
  }

  /** Makes a directory, of which nothing is written before a command needs it. */
  override createJob(files: readonly ProjectFile[]): Promise<Job> {
    const job = new E2bJob(this.directory, () => this.#endsWithJob ? this.end() : Promise.resolve());
    for (const { path, content } of files) job.put(`project/${projectPath(path)}`, content);
    this.#jobs.set(job.id, job);
    return Promise.resolve(job);
  }

  override remove(): Promise<void> {
    return this.end();
  }

  /** The machine, ready to run deno over a job. Throws what `Machine.boot` does. */
  async machineFor(job: Job): Promise<Machine> {
    const machine = await (this.#prepared ??= this.#prepare());
    await this.#jobs.get(job.id)?.upload(machine);
    return machine;
  }

  /** Where a port is asked. Only once something has run. */
  addressOf(port: number): ServerAddress {
    if (!this.#machine) throw new FreshetError("internal", "The E2B sandbox has not been started");
    return this.#machine.addressOf(port);
  }

  /** Has the end wait for the work of a command. */
  follow(work: Promise<void>): void {
    this.#work.add(work);
    work.finally(() => this.#work.delete(work));
  }

  /** Ends the machine, if there is one, and what runs on it. Never throws. */
  async end(): Promise<void> {
    this.#ended.abort(new FreshetError("cancelled", "The E2B sandbox was ended"));
    await this.#machine?.end();
    await Promise.allSettled([this.#prepared]);
    await this.#machine?.end();
    await Promise.allSettled(this.#work);
  }

  async #prepare(): Promise<Machine> {
    const machine = await Machine.boot(this.#options, this.#ended.signal, this.#keep);
    this.#machine = machine;
    this.#ended.signal.throwIfAborted();
    this.#options.log?.debug("An E2B sandbox was started", { id: machine.id });
    await machine.write(this.configs(await this.#imports()));
    await machine.run(setUpScript(Deno.version.deno, this.hono.version), this.directory);
    return machine;
  }

  /** The import map of Freshet's own copy, with the machine's paths. */
  async #imports(): Promise<Record<string, string>> {
    const [here, there] = [this.#source, this.hono].map(({ directory }) => pathToFileURL(directory).href);
    const entries = Object.entries(await importMap(this.#source.directory));
    return Object.fromEntries(entries.map(([name, url]) => [name, `${there}${url.slice(here?.length)}`]));
  }
}

/** A directory on a machine, with what is still to be written to it. */
class E2bJob implements Job {
  readonly id = newId();
  readonly directory: string;
  readonly projectDirectory: string;
  readonly projectUrl: string;
  readonly cacheDirectory: string;
  #pending: RemoteFile[] = [];
  #uploaded: Promise<void> = Promise.resolve();

  constructor(root: string, readonly remove: () => Promise<void>) {
    this.directory = `${root}/jobs/${this.id}`;
    this.projectDirectory = `${this.directory}/project`;
    this.projectUrl = `${pathToFileURL(this.projectDirectory).href}/`;
    this.cacheDirectory = `${this.directory}/deno_dir`;
  }

  put(path: string, text: string): void {
    this.#pending.push([`${this.directory}/${path}`, text]);
  }

  write(path: string, text: string): Promise<void> {
    this.put(path, text);
    return Promise.resolve();
  }

  /** Resolves when all that was written so far is on the machine. */
  upload(machine: Machine): Promise<void> {
    const files = this.#pending;
    this.#pending = [];
    if (files.length > 0) this.#uploaded = this.#uploaded.then(() => machine.write(files));
    return this.#uploaded;
  }
}
