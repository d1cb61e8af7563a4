import { FreshetError, SOCKET_CLOSE } from "../shared/mod.ts";
import {
  TERMINAL_PROTOCOL,
  type TerminalCommand,
  type TerminalFavourite,
  type TerminalFolder,
  type TerminalSession,
  type TerminalSessionRecord,
  type TerminalSetting,
  type TerminalState,
} from "../shared/terminal/mod.ts";
import { type Clock, findPty, type Log, type PtyLibrary, type PtySupport } from "../host/mod.ts";
import { houseOf, LOCAL_PROFILE, type Revocations } from "../access/mod.ts";
import type { Store } from "../store/mod.ts";
import { Attachment } from "./attachment.ts";
import { TerminalAudit } from "./audit.ts";
import { CommandHistory, type CommandQuery } from "./command_history.ts";
import { Favourites } from "./favourites.ts";
import { listFolder } from "./folder.ts";
import { type NewSession, RunningSessions, type RunningSessionsOptions } from "./running_sessions.ts";
import { SessionRecords } from "./session_records.ts";
import { SettingStore } from "./setting.ts";
import { personsShell } from "./shell.ts";
import { Tickets } from "./tickets.ts";
import { refusalOf, type Visitor } from "./visitor.ts";

/** Seconds without an answer to a ping after which a window counts as gone. */
const IDLE_SECONDS = 30;
const REVOKED = "You are not logged in any more";
/** ms for which further refusals of the same visitor are not entered into the audit. */
const REFUSAL_QUIET_MS = 60_000;

/** What the terminals need. */
export interface TerminalsOptions extends Partial<Pick<RunningSessionsOptions, "shell" | "endProcesses">> {
  store: Store;
  clock: Clock;
  log: Log;
  /** What ends the windows of a session that is revoked. */
  revocations?: Revocations;
  /** What opens PTYs; tests bring their own. */
  support?(): Promise<PtySupport>;
}

/** Shells for the administrators of this machine; they belong to the house. Every call throws `forbidden` where a visitor may have no terminal. */
export class Terminals {
  readonly audit: TerminalAudit;
  readonly #options: TerminalsOptions;
  readonly #setting: SettingStore;
  readonly #history: CommandHistory;
  readonly #favourites: Favourites;
  readonly #records: SessionRecords;
  readonly #running: RunningSessions;
  readonly #tickets: Tickets;
  readonly #refusedAt = new Map<string, number>();
  #support: Promise<PtySupport> | undefined;

  constructor(options: TerminalsOptions) {
    const log = options.log.of("terminal");
    this.#options = { ...options, log };
    this.audit = new TerminalAudit({ ...options, log });
    this.#setting = new SettingStore(options);
    this.#history = new CommandHistory(options);
    this.#favourites = new Favourites(options.store);
    this.#records = new SessionRecords(options);
    this.#tickets = new Tickets(options.clock);
    this.#running = new RunningSessions({
      clock: options.clock,
      log,
      audit: this.audit,
      history: this.#history,
      records: this.#records,
      settingOf: (profileId) => this.#setting.get(profileId),
      shell: options.shell ?? personsShell,
      ...(options.endProcesses ? { endProcesses: options.endProcesses } : {}),
    });
  }

  /** Closes the records of sessions that a killed process left open. */
  start(): Promise<void> {
    return this.#records.sweep(LOCAL_PROFILE);
  }

  /** Whether there are terminals, what stands in their way, and those that run. */
  async state(visitor: Visitor): Promise<TerminalState> {
    const { profileId } = await this.#admit(visitor);
    const support = await this.#findSupport();
    return {
      setting: await this.#setting.get(profileId),
      obstacle: support.type === "ready" ? null : { cause: support.cause, detail: support.message },
      sessions: this.#running.list(profileId),
    };
  }

  /** Turns terminals on or off, or sets their limits. Turned off, all sessions end. */
  async configure(
    visitor: Visitor,
    changes: Partial<Omit<TerminalSetting, "changedAt">>,
  ): Promise<TerminalSetting> {
    const { profileId } = await this.#admit(visitor);
    const before = await this.#setting.get(profileId);
    const setting = await this.#setting.update(profileId, changes);
    if (setting.isOn !== before.isOn) {
      await this.audit.add(visitor, { type: setting.isOn ? "turned_on" : "turned_off" });
    }
    if (!setting.isOn) await this.#running.endAll("off", profileId);
    return setting;
  }

  /** The sessions that run, and what is kept of those that have ended, newest first. */
  async list(visitor: Visitor): Promise<{ sessions: TerminalSession[]; past: TerminalSessionRecord[] }> {
    const { profileId } = await this.#admit(visitor);
    const records = await this.#records.list(profileId);
    return {
      sessions: this.#running.list(profileId),
      past: records.filter(({ endedAt }) => endedAt !== undefined),
    };
  }

  /** Starts a shell. Throws `forbidden` while terminals are off, `unsupported` where there can be none, `conflict` at their limit. */
  async open(visitor: Visitor, wanted: NewSession): Promise<TerminalSession> {
    await this.#admitWhereOn(visitor);
    const session = await this.#running.open(visitor, await this.#library(), wanted);
    try {
      // They may have been turned off meanwhile.
      await this.#admitWhereOn(visitor);
    } catch (error) {
      await this.#running.end(session.id, "off");
      throw error;
    }
    return session;
  }

  /** Names a session; "" gives it the program's own title back. Throws `not_found`. */
  async rename(visitor: Visitor, id: string, title: string): Promise<TerminalSession> {
    const session = this.#running.get((await this.#admitWhereOn(visitor)).profileId, id);
    session.rename(title.trim());
    return session.view;
  }

  /** Ends a session with all its processes. Throws `not_found`. */
  async close(visitor: Visitor, id: string): Promise<void> {
    this.#running.get((await this.#admit(visitor)).profileId, id);
    await this.#running.end(id, "closed", { by: visitor });
  }

  /** What opens one socket to a session. Throws `not_found`. */
  async ticket(visitor: Visitor, id: string): Promise<{ ticket: string }> {
    const { profileId } = await this.#admitWhereOn(visitor);
    this.#running.get(profileId, id);
    return { ticket: this.#tickets.issue(profileId, id) };
  }

  /** The names in the folder of a session's shell. Throws `not_found` or `forbidden`. */
  async folder(visitor: Visitor, id: string): Promise<TerminalFolder> {
    const { profileId } = await this.#admitWhereOn(visitor);
    return await listFolder(this.#running.get(profileId, id).view.cwd);
  }

  /** The commands that were given, newest first, each once. */
  async commands(visitor: Visitor, query: CommandQuery): Promise<TerminalCommand[]> {
    return await this.#history.search((await this.#admit(visitor)).profileId, query);
  }

  /** Forgets a command, or all. The audit keeps them. */
  async forget(visitor: Visitor, id?: string): Promise<void> {
    const { profileId } = await this.#admit(visitor);
    if (id === undefined) await this.#history.clear(profileId);
    else await this.#history.delete(profileId, id);
  }

  async favourites(visitor: Visitor): Promise<TerminalFavourite[]> {
    return await this.#favourites.list((await this.#admit(visitor)).profileId);
  }

  async addFavourite(visitor: Visitor, command: string): Promise<TerminalFavourite> {
    return await this.#favourites.add((await this.#admit(visitor)).profileId, command);
  }

  async deleteFavourite(visitor: Visitor, id: string): Promise<void> {
    await this.#favourites.delete((await this.#admit(visitor)).profileId, id);
  }

  /** Who did what, newest first. */
  async audited(visitor: Visitor, page: { before?: string; limit?: number } = {}) {
    return await this.audit.list(await this.#admit(visitor), page);
  }

  /**
   * Answers a handshake (RFC 6455, section 4.2) for a window on a session that has drawn its output up to `after`. Its `Host` was
   * checked; here its `Origin` has to be there and ours, and among its subprotocols a ticket for this session. Throws
   * `forbidden`, `unauthorized`, `not_found`, or `invalid_request` for what is no handshake.
   */
  async accept(visitor: Visitor, id: string, after: number, request: Request): Promise<Response> {
    const { profileId } = await this.#admitWhereOn(visitor);
    if (!isFromOwnPage(request)) throw await this.#refuse(visitor, foreignPage());
    this.#tickets.redeem(profileId, id, request.headers);
    const session = this.#running.get(profileId, id);
    const { socket, response } = upgrade(request);
    const { clock, log } = this.#options;
    const attachment = new Attachment({
      socket,
      clock,
      log,
      onPace: () => session.pace(),
      onRequest: (message) => {
        if (message.type === "input") this.#running.write(visitor, session, message.data);
        else session.resize(message.cols, message.rows);
      },
    });
    let isRevoked = false;
    const calledOff = this.#options.revocations?.on(visitor.principal, () => {
      isRevoked = true;
      if (socket.readyState === WebSocket.OPEN) attachment.close(SOCKET_CLOSE.revoked, REVOKED);
    });
    socket.onopen = () => {
      // Revoked during the handshake, when a socket cannot be closed.
      if (isRevoked) return attachment.close(SOCKET_CLOSE.revoked, REVOKED);
      session.attach(attachment, after);
      void this.audit.add(visitor, { type: "attached", sessionId: id });
    };
    socket.onmessage = ({ data }) => attachment.receive(data);
    // An error is followed by a close; windows that vanish are no news.
    socket.onclose = () => {
      calledOff?.();
      attachment.release();
      session.detach(attachment);
      void this.audit.add(visitor, { type: "detached", sessionId: id });
    };
    return response;
  }

  /** Ends all shells with all that they started. */
  async shutDown(): Promise<void> {
    await this.#running.close();
    await this.audit.close();
  }

  async #admit(visitor: Visitor): Promise<Visitor["principal"]> {
    const refusal = refusalOf(visitor);
    if (refusal) throw await this.#refuse(visitor, refusal);
    return houseOf(visitor.principal);
  }

  async #admitWhereOn(visitor: Visitor): Promise<Visitor["principal"]> {
    const principal = await this.#admit(visitor);
    if ((await this.#setting.get(principal.profileId)).isOn) return principal;
    throw new FreshetError("forbidden", "Terminals are turned off", { hint: "Turn them on at /terminal" });
  }

  /** Enters a refusal into the audit, not each of many. */
  async #refuse(visitor: Visitor, error: FreshetError): Promise<FreshetError> {
    const now = this.#options.clock.now();
    const key = `${visitor.principal.keyId ?? ""} ${visitor.from} ${error.message}`;
    if (now - (this.#refusedAt.get(key) ?? -Infinity) >= REFUSAL_QUIET_MS) {
      if (this.#refusedAt.size > 100) this.#refusedAt.clear();
      this.#refusedAt.set(key, now);
      await this.audit.add(visitor, { type: "refused", detail: error.message });
    }
    return error;
  }

  #findSupport(): Promise<PtySupport> {
    return this.#support ??= (this.#options.support ?? findPty)();
  }

  async #library(): Promise<PtyLibrary> {
    const support = await this.#findSupport();
    if (support.type === "ready") return support.library;
    const message = support.cause === "permission"
      ? `Freshet lacks a permission for terminals: ${support.message}`
      : `There are no terminals here: ${support.message}`;
    throw new FreshetError("unsupported", message, {
      hint: 'Start it by "deno task start:full", or with that flag',
    });
  }
}

/** A page always says where it comes from; what does not is no page of ours. */
function isFromOwnPage({ headers, url }: Request): boolean {
  const origin = headers.get("origin");
  return origin !== null && URL.canParse(origin) && new URL(origin).host === new URL(url).host;
}

function foreignPage(): FreshetError {
  return new FreshetError("forbidden", "Terminals open from Freshet's own page only");
}

function upgrade(request: Request): Deno.WebSocketUpgrade {
  try {
    return Deno.upgradeWebSocket(request, { idleTimeout: IDLE_SECONDS, protocol: TERMINAL_PROTOCOL });
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw new FreshetError("invalid_request", `Cannot open a WebSocket: ${cause.message}`, { cause });
  }
}
