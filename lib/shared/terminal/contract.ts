import type { ErrorBody } from "../errors.ts";

/** The WebSocket subprotocol of a terminal; a client offers it with the ticket after `TERMINAL_TICKET`. */
export const TERMINAL_PROTOCOL = "freshet.terminal.v1";
/** Before the ticket, in the second subprotocol that a client offers. */
export const TERMINAL_TICKET = "ticket.";
/** Characters of one message to a terminal at most; longer input goes in several. */
export const TERMINAL_INPUT_MAX = 32 * 1024;
/** Columns of a terminal at most. */
export const TERMINAL_COLS_MAX = 500;
/** Rows of a terminal at most. */
export const TERMINAL_ROWS_MAX = 300;

/** Why the server closed a terminal's socket, as WebSocket close codes. */
export const TERMINAL_CLOSE = {
  /** The server ends. */
  closing: 1001,
  /** The client sent far more than it may. */
  flooded: 1008,
  /** The session is over; there is no use in coming back. */
  ended: 4000,
  /** Terminals were turned off; there is no use in coming back. */
  off: 4001,
  /** The client took so little that nothing could be sent for half a minute; come back and go on. */
  tooSlow: 4008,
} as const;

/** Whether there are terminals, as a person has set it; off until then. */
export interface TerminalSetting {
  isOn: boolean;
  /** Minutes without anybody and without a sign of life after which a session is ended. */
  idleMinutes: number;
  /** Sessions at the same time at most. */
  sessionsMax: number;
  /** ms since 1970 of the last change; absent where nobody has changed it. */
  changedAt?: number;
}

/** A shell on a PTY that runs. */
export interface TerminalSession {
  id: string;
  /** As a person, or else the program that runs in it, has named it; "" where nobody has. */
  title: string;
  /** The program's name: "bash". */
  shell: string;
  /** The shell's folder. */
  cwd: string;
  /** ms since 1970. */
  startedAt: number;
  /** What runs in it, where the shell tells. */
  command?: string;
  /** How often a command began or ended in it, where one did: what is over at once is seen by nothing else. */
  commandEvents?: number;
  /** How many windows show it. */
  attached: number;
}

/** Why a session is over. */
export type TerminalEnd = "exit" | "closed" | "idle" | "off" | "shutdown" | "lost";

/** A session as it is kept. */
export interface TerminalSessionRecord {
  id: string;
  profileId: string;
  /** The process of Freshet that had it. */
  ownerId: string;
  /** The shell's number in its system, which is that of its session of processes. */
  pid?: number;
  title: string;
  shell: string;
  cwd: string;
  /** ms since 1970. */
  startedAt: number;
  endedAt?: number;
  end?: TerminalEnd;
  exitCode?: number;
  /** How many commands of it were kept; they are records of their own. */
  commands: number;
}

/** A command that was given in a terminal. */
export interface TerminalCommand {
  id: string;
  sessionId: string;
  command: string;
  cwd: string;
  /** ms since 1970. */
  at: number;
  /** Absent while it runs, and where the shell ended with it. */
  exitCode?: number;
  durationMs?: number;
}

/** A command that a person keeps; `{names}` in it are asked for. */
export interface TerminalFavourite {
  id: string;
  command: string;
  createdAt: number;
}

/** What happened with terminals. */
export type TerminalAuditType =
  | "turned_on"
  | "turned_off"
  | "opened"
  | "attached"
  | "detached"
  | "command"
  | "closed"
  | "refused";

/** One line of the record of who did what. */
export interface TerminalAuditEntry {
  id: string;
  /** ms since 1970. */
  at: number;
  type: TerminalAuditType;
  /** The profile that did it, or `key` for a program with an API key; the house where nobody did. */
  who: string;
  /** The address that it came from; absent for what the server did itself. */
  from?: string;
  /** The browser, in its own words. */
  agent?: string;
  sessionId?: string;
  /** The command, the way a session ended, or why something was refused. */
  detail?: string;
}

/** The names in the folder of a shell. */
export interface TerminalFolder {
  path: string;
  entries: { name: string; type: "folder" | "file" | "link" }[];
  /** True where there are more. */
  isCut: boolean;
}

/** Why there can be no terminal in this process. */
export interface TerminalObstacle {
  cause: "permission" | "library" | "policy";
  /** The flag that is missing, or what the system said. */
  detail: string;
}

/** `GET /api/terminal`. */
export interface TerminalState {
  setting: TerminalSetting;
  obstacle: TerminalObstacle | null;
  sessions: TerminalSession[];
}

/** What a client says on a terminal's socket: one JSON object in each text frame. */
export type TerminalRequest =
  | { type: "input"; data: string }
  | { type: "resize"; cols: number; rows: number }
  /** All output up to here was drawn; without this, the program is made to wait. */
  | { type: "ack"; offset: number }
  | { type: "ping" };

/** What the server says on a terminal's socket: one JSON object in each text frame. */
export type TerminalMessage =
  /** The first. With `isReset`, what was shown before is void: the output that follows begins anew. */
  | { type: "attached"; session: TerminalSession; isReset: boolean; cols: number; rows: number }
  /** Output; `offset` counts all characters from the session's begin to the end of these. */
  | { type: "output"; data: string; offset: number }
  /** The output up to here was there before; answers of the terminal to it are not wanted. */
  | { type: "replayed"; offset: number }
  | { type: "changed"; session: TerminalSession }
  | { type: "ended"; end: TerminalEnd; exitCode?: number }
  | { type: "error"; error: ErrorBody }
  | { type: "pong" };
