import { Counter, Gauge, Histogram, Registry } from "prom-client";
import type { LedgerRow } from "./row.ts";

const FIRST_TOKEN_SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
const DURATION_SECONDS = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600];

/** What is asked for when somebody looks, and not counted. */
export interface LiveFigures {
  /** Calls under way, by model. */
  active: readonly { model: string; calls: number }[];
  /** Calls that wait for a turn. */
  waiting: number;
  nodes: readonly { name: string; isUp: boolean }[];
}

/** The media type of Prometheus' text format, version 0.0.4. */
export const METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

/**
 * Counters and histograms of the calls that this process has entered into the ledger since it was started, in Prometheus' text
 * format (https://prometheus.io/docs/instrumenting/exposition_formats/). A call counts where it was answered, or last asked
 * for; what all its attempts used counts at their own nodes. Each profile sees its own.
 */
export class Metrics {
  readonly #profiles = new Map<string, ProfileMetrics>();

  /** Counts calls. */
  count(rows: readonly LedgerRow[]): void {
    for (const row of rows) this.#of(row.profileId).count(row);
  }

  /** All figures of a profile as text. */
  async text(profileId: string, live: LiveFigures): Promise<string> {
    return await this.#of(profileId).text(live);
  }

  #of(profileId: string): ProfileMetrics {
    const metrics = this.#profiles.get(profileId) ?? new ProfileMetrics();
    this.#profiles.set(profileId, metrics);
    return metrics;
  }
}

class ProfileMetrics {
  readonly #registry = new Registry();
  readonly #requests = new Counter({
    name: "freshet_requests_total",
    help: "Model calls, by the node that was asked last",
    labelNames: ["model", "node", "source", "outcome"] as const,
    registers: [this.#registry],
  });
  readonly #attempts = new Counter({
    name: "freshet_attempts_total",
    help: "Attempts to bring a call to a node",
    labelNames: ["model", "node", "outcome"] as const,
    registers: [this.#registry],
  });
  readonly #tokens = new Counter({
    name: "freshet_tokens_total",
    help: "Tokens that were read and written",
    labelNames: ["model", "node", "type"] as const,
    registers: [this.#registry],
  });
  readonly #cost = new Counter({
    name: "freshet_cost_dollars_total",
    help: "What calls cost by the table of prices, in US dollars",
    labelNames: ["model", "node"] as const,
    registers: [this.#registry],
  });
  readonly #firstToken = new Histogram({
    name: "freshet_first_token_seconds",
    help: "Time from asking a node to its first token",
    labelNames: ["model", "node"] as const,
    buckets: FIRST_TOKEN_SECONDS,
    registers: [this.#registry],
  });
  readonly #duration = new Histogram({
    name: "freshet_request_duration_seconds",
    help: "Time from a call's beginning to its end, waiting and further attempts included",
    labelNames: ["model", "node", "outcome"] as const,
    buckets: DURATION_SECONDS,
    registers: [this.#registry],
  });
  readonly #active = new Gauge({
    name: "freshet_active_requests",
    help: "Calls under way",
    labelNames: ["model"] as const,
    registers: [this.#registry],
  });
  readonly #waiting = new Gauge({
    name: "freshet_waiting_requests",
    help: "Calls that wait for a turn",
    registers: [this.#registry],
  });
  readonly #up = new Gauge({
    name: "freshet_node_up",
    help: "1 where a node answers",
    labelNames: ["node"] as const,
    registers: [this.#registry],
  });

  count(row: LedgerRow): void {
    const { outcome, source } = row;
    const last = row.attempts.at(-1);
    // A name that no node knows may be any: it would be a series for ever.
    const model = last ? last.model ?? row.model : "";
    const node = last?.nodeName ?? "";
    this.#requests.inc({ model, node, source: source.type, outcome });
    this.#duration.observe({ model, node, outcome }, row.durationMs / 1_000);
    for (const attempt of row.attempts) {
      const at = { model: attempt.model ?? row.model, node: attempt.nodeName };
      this.#attempts.inc({ ...at, outcome: attempt.outcome });
      if (attempt.firstTokenMs !== undefined) this.#firstToken.observe(at, attempt.firstTokenMs / 1_000);
      if (attempt.costNano) this.#cost.inc(at, attempt.costNano / 1e9);
      if (!attempt.usage) continue;
      this.#tokens.inc({ ...at, type: "prompt" }, attempt.usage.promptTokens);
      this.#tokens.inc({ ...at, type: "completion" }, attempt.usage.completionTokens);
    }
  }

  async text({ active, waiting, nodes }: LiveFigures): Promise<string> {
    this.#active.reset();
    for (const { model, calls } of active) this.#active.set({ model }, calls);
    this.#waiting.set(waiting);
    this.#up.reset();
    for (const { name, isUp } of nodes) this.#up.set({ node: name }, isUp ? 1 : 0);
    return await this.#registry.metrics();
  }
}
