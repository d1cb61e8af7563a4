import type {
  DebugState,
  LogFilter,
  LogView,
  SystemHistory,
  SystemRange,
  Threshold,
} from "../../shared/mod.ts";
import { ApiClient } from "../api_client.ts";

const EVENTS = { headers: { accept: "text/event-stream" } };

/** The server's endpoints that the pages of the machine and of the log use. */
export class SystemApi {
  readonly client: ApiClient;

  constructor(client: ApiClient = new ApiClient()) {
    this.client = client;
  }

  /** The machine live, as server-sent events. */
  events(signal: AbortSignal): Promise<Response> {
    return this.client.request("/api/system/events", EVENTS, { signal });
  }

  history(range: SystemRange): Promise<SystemHistory> {
    return this.client.get(`/api/system/history?range=${range}`);
  }

  async setThresholds(thresholds: readonly Threshold[]): Promise<Threshold[]> {
    const body = { thresholds };
    return (await this.client.put<{ thresholds: Threshold[] }>("/api/system/thresholds", body)).thresholds;
  }

  logs(filter: LogFilter): Promise<LogView> {
    return this.client.get(`/api/system/logs${queryOf(filter)}`);
  }

  /** The log live, from a place on. */
  logEvents(filter: LogFilter, place: string | undefined, signal: AbortSignal): Promise<Response> {
    const headers = { ...EVENTS.headers, ...(place === undefined ? {} : { "last-event-id": place }) };
    return this.client.request(`/api/system/logs/events${queryOf(filter)}`, { headers }, { signal });
  }

  setDebug(minutes: number): Promise<DebugState> {
    return this.client.put("/api/system/logs/debug", { minutes });
  }
}

/** A filter as a query: "?level=warn", or "". */
export function queryOf(filter: LogFilter): string {
  const entries = Object.entries(filter).filter(([, value]) => value);
  return entries.length > 0 ? `?${new URLSearchParams(entries as [string, string][])}` : "";
}
