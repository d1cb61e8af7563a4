import type { UsageDimension, UsagePart, UsageReport } from "../../shared/mod.ts";
import { ApiClient } from "../api_client.ts";

/** The server's endpoints that the dashboard uses. */
export class DashboardApi {
  readonly client: ApiClient;
  readonly #profile: string | null;

  /** `profile` is the one that is looked at, where it is not the own. */
  constructor(client: ApiClient = new ApiClient(), profile: string | null = null) {
    this.client = client;
    this.#profile = profile;
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
    const query = this.#profile ? `?${new URLSearchParams({ profile: this.#profile })}` : "";
    return this.client.request(`/api/analytics/events${query}`, { headers }, { signal });
  }
}
