import type {
  TerminalAuditEntry,
  TerminalCommand,
  TerminalFavourite,
  TerminalFolder,
  TerminalSession,
  TerminalSetting,
  TerminalState,
} from "../../shared/terminal/mod.ts";
import { ApiClient } from "../api_client.ts";

const path = (id: string, rest = "") => `/api/terminal/sessions/${encodeURIComponent(id)}${rest}`;

/** The server's endpoints that the page of terminals uses. */
export class TerminalApi {
  readonly client: ApiClient;

  constructor(client: ApiClient = new ApiClient()) {
    this.client = client;
  }

  state(): Promise<TerminalState> {
    return this.client.get("/api/terminal");
  }

  configure(changes: Partial<TerminalSetting>): Promise<TerminalSetting> {
    return this.client.patch("/api/terminal/setting", changes);
  }

  open(options: { cols: number; rows: number; cwd?: string }): Promise<TerminalSession> {
    return this.client.post("/api/terminal/sessions", options);
  }

  rename(id: string, title: string): Promise<TerminalSession> {
    return this.client.patch(path(id), { title });
  }

  close(id: string): Promise<void> {
    return this.client.delete(path(id));
  }

  /** What opens the socket of a session, once. */
  async ticket(id: string): Promise<string> {
    return (await this.client.post<{ ticket: string }>(path(id, "/ticket"))).ticket;
  }

  folder(id: string): Promise<TerminalFolder> {
    return this.client.get(path(id, "/files"));
  }

  commands(text: string): Promise<TerminalCommand[]> {
    return this.client.get(`/api/terminal/commands?limit=100&text=${encodeURIComponent(text)}`);
  }

  deleteCommand(id: string): Promise<void> {
    return this.client.delete(`/api/terminal/commands/${encodeURIComponent(id)}`);
  }

  clearCommands(): Promise<void> {
    return this.client.delete("/api/terminal/commands");
  }

  addFavourite(command: string): Promise<TerminalFavourite> {
    return this.client.post("/api/terminal/favourites", { command });
  }

  deleteFavourite(id: string): Promise<void> {
    return this.client.delete(`/api/terminal/favourites/${encodeURIComponent(id)}`);
  }

  audit(before?: string): Promise<TerminalAuditEntry[]> {
    const from = before === undefined ? "" : `&before=${encodeURIComponent(before)}`;
    return this.client.get(`/api/terminal/audit?limit=50${from}`);
  }
}
