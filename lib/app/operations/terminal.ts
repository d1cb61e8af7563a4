import { z } from "zod";
import { terminalSize } from "../../terminal/mod.ts";
import { operation, queryOf } from "../http/operation.ts";
import { noContent } from "./common.ts";

const TERMINAL = "/api/terminal";
/** Whoever asks has to be a person besides: no API key comes near a terminal. */
const common = { tag: "Terminal", scope: "admin", feature: "terminal" } as const;

const settingSchema = z.object({
  isOn: z.boolean().exactOptional(),
  idleMinutes: z.int().min(5).max(7 * 24 * 60).exactOptional(),
  sessionsMax: z.int().min(1).max(32).exactOptional(),
}).meta({ id: "TerminalSettingPatch" });

const newSessionSchema = z.object({ ...terminalSize, cwd: z.string().max(4_096).exactOptional() }).meta({
  id: "NewTerminal",
});

const commandSchema = z.object({
  command: z.string().max(4_000).refine((text) => text.trim() !== "", "is empty"),
}).meta({ id: "TerminalFavouriteSpec" });

/** Shells for the person whose machine this is. */
export const terminalOperations = {
  getTerminal: operation({
    ...common,
    method: "GET",
    path: TERMINAL,
    summary: "Whether there are terminals, what stands in their way, and those that run",
  }),
  updateTerminalSetting: operation({
    ...common,
    method: "PATCH",
    path: `${TERMINAL}/setting`,
    summary: "Turn terminals on or off, or set their limits",
    body: settingSchema,
  }),
  listTerminals: operation({
    ...common,
    method: "GET",
    path: `${TERMINAL}/sessions`,
    summary: "The sessions that run, and the latest that have ended",
  }),
  openTerminal: operation({
    ...common,
    method: "POST",
    path: `${TERMINAL}/sessions`,
    summary: "Start a shell",
    body: newSessionSchema,
    success: { status: 201 },
  }),
  renameTerminal: operation({
    ...common,
    method: "PATCH",
    path: `${TERMINAL}/sessions/{id}`,
    summary: 'Name a session; "" gives it its own title back',
    body: z.object({ title: z.string().max(100) }).meta({ id: "TerminalTitle" }),
  }),
  closeTerminal: operation({
    ...common,
    method: "DELETE",
    path: `${TERMINAL}/sessions/{id}`,
    summary: "End a session with all its processes",
    success: noContent,
  }),
  terminalTicket: operation({
    ...common,
    method: "POST",
    path: `${TERMINAL}/sessions/{id}/ticket`,
    summary: "What opens the socket of a session, once and within half a minute",
    success: { status: 201 },
  }),
  terminalSocket: operation({
    ...common,
    method: "GET",
    path: `${TERMINAL}/sessions/{id}/socket`,
    summary:
      "The WebSocket of a session; its subprotocols are `freshet.terminal.v1` and `ticket.` with a ticket",
    query: queryOf({ after: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(0) }),
    success: { status: 101, description: "Messages as JSON, one in each text frame" },
  }),
  terminalFolder: operation({
    ...common,
    method: "GET",
    path: `${TERMINAL}/sessions/{id}/files`,
    summary: "The names in the folder of a session's shell",
  }),
  listTerminalCommands: operation({
    ...common,
    method: "GET",
    path: `${TERMINAL}/commands`,
    summary: "Commands that were given, newest first, each once",
    query: queryOf({
      text: z.string().max(500).exactOptional(),
      sessionId: z.string().max(200).exactOptional(),
      limit: z.coerce.number().int().min(1).max(500).exactOptional(),
    }),
  }),
  clearTerminalCommands: operation({
    ...common,
    method: "DELETE",
    path: `${TERMINAL}/commands`,
    summary: "Forget all commands; the audit keeps them",
    success: noContent,
  }),
  deleteTerminalCommand: operation({
    ...common,
    method: "DELETE",
    path: `${TERMINAL}/commands/{id}`,
    summary: "Forget a command, each time that it was given",
    success: noContent,
  }),
  listTerminalFavourites: operation({
    ...common,
    method: "GET",
    path: `${TERMINAL}/favourites`,
    summary: "Commands that are kept at hand",
  }),
  addTerminalFavourite: operation({
    ...common,
    method: "POST",
    path: `${TERMINAL}/favourites`,
    summary: "Keep a command at hand; `{names}` in it are asked for",
    body: commandSchema,
    success: { status: 201 },
  }),
  deleteTerminalFavourite: operation({
    ...common,
    method: "DELETE",
    path: `${TERMINAL}/favourites/{id}`,
    summary: "Keep a command no longer",
    success: noContent,
  }),
  listTerminalAudit: operation({
    ...common,
    method: "GET",
    path: `${TERMINAL}/audit`,
    summary: "Who did what with terminals, newest first",
    query: queryOf({
      before: z.string().max(200).exactOptional(),
      limit: z.coerce.number().int().min(1).max(500).exactOptional(),
    }),
  }),
} as const;
