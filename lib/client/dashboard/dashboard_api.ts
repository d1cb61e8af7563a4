import type { UsageDimension, UsagePart, UsageReport } from "../../shared/mod.ts";
import { ApiClient } from "../api_client.ts";

/** The server's endpoints that the dashboard uses. */
export class DashboardApi {
  readonly client: ApiClient;

  constructor(client: ApiClient = new ApiClient()) {
    this.client = client;
  }

  /** What was used; `query` is that of the page's address. */
  report(query: string): Promise<UsageReport> {
    return this.client.get(`/api/analytics/usage?${query}`);
  }

  async parts(dimension: UsageDimension, query: string): Promise<UsagePart[]> {
    return (await this.client.get<{ parts: UsagePart[] }>(`/api/analytics/usage/${dimension}?${query}`))
      .parts;
  }

  /** What happens now, as server-sent events. */
  events(signal: AbortSignal): Promise<Response> {
    const headers = { accept: "text/event-stream" };
    return this.client.request("/api/analytics/events", { headers }, { signal });
  }
}
