import {
  FreshetError,
  type ProcessRequest,
  type ProcessResponse,
  type ProjectProcess,
  type SavedRequest,
} from "../shared/mod.ts";
import { backgroundPrincipal, type Principal } from "../access/mod.ts";
import type { Clock } from "../host/mod.ts";
import type { LogLine, RouteList, Sandbox, SandboxProcess } from "../sandbox/mod.ts";
import { keys, recordType, type Store } from "../store/mod.ts";
import { readBounded } from "./bounded_body.ts";
import type { Studio } from "./studio.ts";

const KEPT_MAX = 20;
const SAVED = recordType<SavedRequest[]>("saved requests");

/** What processes need. */
export interface ProcessesOptions {
  store: Store;
  clock: Clock;
  studio: Studio;
  sandbox: Sandbox;
}

interface Kept {
  profileId: string;
  projectId: string;
  versionId: string;
  process: SandboxProcess;
  exit?: { code: number; reason: string };
}

/** Versions of API projects that run in the sandbox, several side by side. They end with Freshet. */
export class Processes {
  #options: ProcessesOptions;
  /** In the order of their start. */
  #kept = new Map<string, Kept>();
  #starting = new Map<string, Promise<Kept>>();

  constructor(options: ProcessesOptions) {
    this.#options = options;
  }

  /** Starts a version. Throws `unsupported` where nothing can be run, and `rate_limited` where too much runs already. */
  async start(principal: Principal, projectId: string, versionId: string): Promise<ProjectProcess> {
    return viewOf(await this.#start(principal, projectId, versionId));
  }

  async #start(principal: Principal, projectId: string, versionId: string): Promise<Kept> {
    const { studio, sandbox } = this.#options;
    const availability = await sandbox.availability();
    if (availability.type === "missing") throw new FreshetError("unsupported", availability.reason);
    const { files } = await studio.files(principal, projectId, versionId);
    const process = await sandbox.start(files.map(({ path, content }) => ({ path, content })));
    const kept: Kept = { profileId: principal.profileId, projectId, versionId, process };
    this.#kept.set(process.id, kept);
    process.exited.then(({ code, reason }) => kept.exit = { code, reason });
    this.#forgetOld();
    return kept;
  }

  /** The processes of a project, the ended ones too while their logs are kept. */
  async list(principal: Principal, projectId: string): Promise<ProjectProcess[]> {
    await this.#options.studio.kinds(principal, projectId);
    return this.#of(principal, projectId).map(viewOf);
  }

  /** One process. Throws `not_found`. */
  find(principal: Principal, projectId: string, processId: string): ProjectProcess {
    return viewOf(this.#get(principal, projectId, processId));
  }

  /** Stops a process and forgets it. */
  async stop(principal: Principal, projectId: string, processId: string): Promise<void> {
    const { process } = this.#get(principal, projectId, processId);
    await process.stop();
    this.#kept.delete(processId);
  }

  /** Stops and forgets all processes of a profile. */
  async stopAll(profileId: string): Promise<void> {
    for (const [id, kept] of [...this.#kept]) {
      if (kept.profileId !== profileId) continue;
      await kept.process.stop();
      this.#kept.delete(id);
    }
  }

  /** What a process writes, from its start until its end; then how it ended. */
  async *logs(
    principal: Principal,
    projectId: string,
    processId: string,
    afterSeq: number,
    signal: AbortSignal,
  ): AsyncGenerator<{ type: "log"; line: LogLine } | { type: "exit"; code: number; reason: string }> {
    const { process } = this.#get(principal, projectId, processId);
    for await (const lines of process.logs(afterSeq, signal)) {
      for (const line of lines) yield { type: "log", line };
    }
    if (signal.aborted) return;
    const { code, reason } = await process.exited;
    yield { type: "exit", code, reason };
  }

  /** The routes that the code of a process says it has. */
  async routes(principal: Principal, projectId: string, processId: string): Promise<RouteList> {
    return await this.#options.sandbox.listRoutes(this.#get(principal, projectId, processId).process);
  }

  /** Sends a request to a process. Throws `unavailable` when it has ended and `stalled` when it does not answer. */
  async request(
    principal: Principal,
    projectId: string,
    processId: string,
    request: ProcessRequest,
  ): Promise<ProcessResponse> {
    const { clock } = this.#options;
    const { process } = this.#get(principal, projectId, processId);
    const sent = requestOf(process.url, request);
    const startedAt = clock.now();
    const response = await process.fetch(sent);
    const body = await readBounded(response);
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      ...body,
      durationMs: clock.now() - startedAt,
    };
  }

  /** Hands a page's request to its version's API, which is started for it. Null where the project has none, or it does not run. */
  async ask(
    version: { profileId: string; projectId: string; versionId: string },
    request: Request,
  ): Promise<Response | null> {
    const { studio } = this.#options;
    if (!(await studio.kinds(version, version.projectId)).includes("api")) return null;
    const process = await this.#processOf(version);
    return process.state === "running" ? await process.fetch(request) : null;
  }

  /** The process of a version: the one that runs, or one that is started, once for all who ask at the same time. */
  async #processOf(
    version: { profileId: string; projectId: string; versionId: string },
  ): Promise<SandboxProcess> {
    const running = [...this.#kept.values()].findLast((kept) =>
      kept.versionId === version.versionId && kept.projectId === version.projectId &&
      kept.profileId === version.profileId && kept.process.state === "running"
    );
    if (running) return running.process;
    const begun = this.#starting.get(version.versionId);
    if (begun) return (await begun).process;
    const principal = backgroundPrincipal(version.profileId);
    const starting = this.#start(principal, version.projectId, version.versionId);
    this.#starting.set(version.versionId, starting);
    try {
      return (await starting).process;
    } finally {
      this.#starting.delete(version.versionId);
    }
  }

  /** The requests kept with a project. */
  async savedRequests(principal: Principal, projectId: string): Promise<SavedRequest[]> {
    const { store, studio } = this.#options;
    await studio.kinds(principal, projectId);
    return (await store.get(SAVED, keys.savedRequests(principal.profileId, projectId)))?.value ?? [];
  }

  /** Replaces the requests kept with a project. */
  async saveRequests(
    principal: Principal,
    projectId: string,
    requests: SavedRequest[],
  ): Promise<SavedRequest[]> {
    const { store, studio } = this.#options;
    await studio.kinds(principal, projectId);
    await using transaction = store.transaction();
    await transaction.set(SAVED, keys.savedRequests(principal.profileId, projectId), requests);
    await transaction.commit();
    return requests;
  }

  #get(principal: Principal, projectId: string, processId: string): Kept {
    const kept = this.#kept.get(processId);
    if (kept && kept.profileId === principal.profileId && kept.projectId === projectId) return kept;
    throw new FreshetError("not_found", "There is no such process, or it ended long ago");
  }

  #of({ profileId }: Principal, projectId: string): Kept[] {
    return [...this.#kept.values()].filter((kept) =>
      kept.profileId === profileId && kept.projectId === projectId
    );
  }

  #forgetOld(): void {
    for (const [id, { exit }] of this.#kept) {
      if (this.#kept.size <= KEPT_MAX) return;
      if (exit) this.#kept.delete(id);
    }
  }
}

function viewOf({ process, versionId, exit }: Kept): ProjectProcess {
  const { id, state, startedAt } = process;
  return { id, versionId, state, startedAt, ...(exit ? { exit } : {}) };
}

function requestOf(base: string, { method, path, headers, body }: ProcessRequest): Request {
  const url = new URL(path, base);
  if (url.origin !== new URL(base).origin) {
    throw new FreshetError("invalid_request", "The path leads to another server", { field: "path" });
  }
  const hasBody = body !== "" && !/^(get|head)$/i.test(method);
  try {
    return new Request(url, { method, headers, redirect: "manual", ...(hasBody ? { body } : {}) });
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw new FreshetError("invalid_request", `Cannot send the request: ${cause.message}`, { cause });
  }
}
