import { FreshetError, newId } from "../shared/mod.ts";
import type {
  TerminalCommand,
  TerminalEnd,
  TerminalSession,
  TerminalSetting,
} from "../shared/terminal/mod.ts";
import { type Clock, endSession, type Log, type Pty, type PtyLibrary } from "../host/mod.ts";
import { houseOf } from "../access/mod.ts";
import type { TerminalAudit } from "./audit.ts";
import type { CommandHistory } from "./command_history.ts";
import { cwdOfProcess } from "./folder.ts";
import { type CommandEvent, Session } from "./session.ts";
import { SESSION_VARIABLE, type SessionRecords } from "./session_records.ts";
import { isFolder, type Shell } from "./shell.ts";
import { integrate, type Integration } from "./shell_integration.ts";
import { randomSecret } from "./tickets.ts";
import type { Visitor } from "./visitor.ts";

const IDLE_LOOK_MS = 30_000;

/** What the running sessions need. */
export interface RunningSessionsOptions {
  clock: Clock;
  log: Log;
  audit: TerminalAudit;
  history: CommandHistory;
  records: SessionRecords;
  settingOf(profileId: string): Promise<TerminalSetting>;
  /** The shell to start. */
  shell(): Promise<Shell>;
  /** Ends a shell with all that belongs to it; tests bring their own. */
  endProcesses?(pid: number): Promise<void>;
}

/** What a new session is like. */
export interface NewSession {
  cols: number;
  rows: number;
  /** The folder to begin in, where there is such a one; else home. */
  cwd?: string;
}

interface Running {
  profileId: string;
  session: Session;
  integration: Integration;
  /** Who typed last. */
  typist?: Visitor;
  /** The command that runs, as it is kept. */
  command?: TerminalCommand;
  /** What is being kept of it, in its order. */
  work: Promise<void>;
  /** Set once it is being ended. */
  ending?: Promise<void>;
}

/** How a session ended, and for whom. */
interface Ending {
  exitCode?: number | undefined;
  by?: Visitor | undefined;
}

/** The shells that run in this process, from their start until nothing of them is left. */
export class RunningSessions {
  readonly #options: RunningSessionsOptions;
  readonly #running = new Map<string, Running>();
  readonly #stopLooking: () => void;
  #opening = 0;
  #isClosed = false;

  constructor(options: RunningSessionsOptions) {
    this.#options = options;
    this.#stopLooking = options.clock.every(IDLE_LOOK_MS, () => void this.#endIdle());
  }

  /** Starts a shell. Throws `conflict` where there are as many as there may be, `unavailable` where it does not start. */
  async open(visitor: Visitor, library: PtyLibrary, wanted: NewSession): Promise<TerminalSession> {
    const { profileId } = houseOf(visitor.principal);
    const { sessionsMax } = await this.#options.settingOf(profileId);
    if (this.#isClosed) throw new FreshetError("unavailable", "Freshet is shutting down", { retryAfter: 5 });
    if (this.#running.size + this.#opening >= sessionsMax) {
      throw new FreshetError("conflict", `There are ${sessionsMax} terminals at most`, {
        hint: "Close one first",
      });
    }
    this.#opening++;
    let running: Running;
    let shell: Shell;
    try {
      shell = await this.#options.shell();
      running = await this.#start(profileId, library, shell, wanted);
    } finally {
      this.#opening--;
    }
    const { id, startedAt, view: { cwd } } = running.session;
    this.#running.set(id, running);
    const { records, audit } = this.#options;
    if (this.#isClosed) await this.end(id, "shutdown");
    const { pid } = running.session.pty;
    await records.begin({ id, profileId, pid, title: "", shell: shell.name, cwd, startedAt });
    await audit.add(visitor, { type: "opened", sessionId: id, detail: shell.file });
    return running.session.view;
  }

  /** The sessions of a profile, oldest first. */
  list(profileId: string): TerminalSession[] {
    return [...this.#running.values()].flatMap((running) =>
      running.profileId === profileId && !running.ending ? [running.session.view] : []
    );
  }

  /** A session that runs. Throws `not_found` for those of other profiles too. */
  get(profileId: string, id: string): Session {
    const running = this.#running.get(id);
    if (running && running.profileId === profileId && !running.ending) return running.session;
    throw new FreshetError("not_found", "There is no such terminal, or it has ended");
  }

  /** Types for a visitor, whose the commands are that begin from now on. Throws `rate_limited`. */
  write(visitor: Visitor, session: Session, text: string): void {
    const running = this.#running.get(session.id);
    if (running) running.typist = visitor;
    session.write(text);
  }

  /** Ends a session, perhaps for a visitor; resolves when its processes are gone and all is kept. */
  async end(id: string, end: TerminalEnd, { exitCode, by }: Ending = {}): Promise<void> {
    const running = this.#running.get(id);
    if (running) await (running.ending ??= this.#end(running, end, { exitCode, by }));
  }

  /** Ends all sessions, or those of one profile. */
  async endAll(end: TerminalEnd, profileId?: string): Promise<void> {
    const ids = [...this.#running].filter(([, running]) =>
      profileId === undefined || running.profileId === profileId
    );
    await Promise.all(ids.map(([id]) => this.end(id, end)));
  }

  /** Lets go of all windows, so that their clients come back to the next process. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#stopLooking();
    await this.endAll("shutdown");
  }

  async #start(
    profileId: string,
    library: PtyLibrary,
    shell: Shell,
    wanted: NewSession,
  ): Promise<Running> {
    const { clock } = this.#options;
    const cwd = wanted.cwd !== undefined && await isFolder(wanted.cwd) ? wanted.cwd : shell.cwd;
    const secret = randomSecret();
    const integration = await integrate(shell.name, secret, shell.env);
    const id = newId(clock.now());
    const { cols, rows } = wanted;
    const env = { ...shell.env, [SESSION_VARIABLE]: id };
    const pty = await openPty(library, { ...shell, env }, { cwd, cols, rows }, integration);
    const session = new Session({
      id,
      pty,
      shell: shell.name,
      cwd,
      cols,
      rows,
      secret,
      clock,
      readCwd: cwdOfProcess,
      onCommand: (event, cwd) => this.#keepCommand(running, event, cwd),
      onExit: (exitCode) => void this.end(id, "exit", { exitCode }),
    });
    const running: Running = { profileId, session, integration, work: Promise.resolve() };
    return running;
  }

  async #end(running: Running, end: TerminalEnd, { exitCode, by }: Ending): Promise<void> {
    const { log, audit, records, endProcesses = endSession } = this.#options;
    const { session, profileId, integration } = running;
    session.end(end, exitCode);
    try {
      await endProcesses(session.pty.pid);
      await integration[Symbol.asyncDispose]();
      await running.work;
      const { title, cwd } = session.view;
      await records.update(profileId, session.id, () => ({ title, cwd }));
      await records.end(profileId, session.id, end, exitCode);
      const detail = exitCode === undefined ? end : `${end} ${exitCode}`;
      await audit.add(by ?? { profileId }, { type: "closed", sessionId: session.id, detail });
    } catch (error) {
      log.error("A terminal could not be ended in order", { error });
    } finally {
      this.#running.delete(session.id);
    }
  }

  #keepCommand(running: Running, event: CommandEvent, cwd: string): void {
    const { log } = this.#options;
    const { typist } = running;
    running.work = running.work.then(() => this.#keep(running, event, cwd, typist)).catch((error) => {
      log.error("A command could not be kept", { error });
    });
  }

  async #keep(
    running: Running,
    event: CommandEvent,
    cwd: string,
    typist: Visitor | undefined,
  ): Promise<void> {
    const { history, records, audit } = this.#options;
    const { profileId, session: { id } } = running;
    if (event.type === "finished") {
      if (running.command) await history.finish(profileId, running.command, event.exitCode);
      delete running.command;
      return;
    }
    running.command = await history.begin(profileId, { sessionId: id, command: event.command, cwd });
    await records.update(profileId, id, ({ commands }) => ({ commands: commands + 1, cwd }));
    await audit.add(typist ?? { profileId }, { type: "command", sessionId: id, detail: event.command });
  }

  async #endIdle(): Promise<void> {
    const { clock, settingOf, log } = this.#options;
    try {
      for (const [id, { session, profileId }] of [...this.#running]) {
        const { idleMinutes } = await settingOf(profileId);
        if (clock.now() - session.activeAt >= idleMinutes * 60_000) await this.end(id, "idle");
      }
    } catch (error) {
      log.error("Idle terminals could not be looked for", { error });
    }
  }
}

async function openPty(
  library: PtyLibrary,
  { file, env }: Shell,
  place: { cwd: string; cols: number; rows: number },
  integration: Integration,
): Promise<Pty> {
  try {
    return library.open({ file, args: integration.args, env: { ...env, ...integration.env }, ...place });
  } catch (cause) {
    await integration[Symbol.asyncDispose]();
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new FreshetError("unavailable", `Cannot start ${file}: ${why}`, { cause });
  }
}
