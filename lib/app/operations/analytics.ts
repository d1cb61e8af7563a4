import { z } from "zod";
import { USAGE_DIMENSIONS } from "../../shared/mod.ts";
import { operation, queryOf } from "../http/operation.ts";
import { eventStream } from "./common.ts";

const common = { tag: "Usage", feature: "dashboard" } as const;

const time = z.string().regex(
  /^(\d{1,14}|\d{4}-\d{2}-\d{2})$/,
  "has to be ms since 1970, or a day as 2026-01-31",
)
  .exactOptional();

/** Another profile's, for administrators. */
const profile = z.string().max(100).exactOptional();

const period = {
  profile,
  /** ms since 1970, or a day of the zone. */
  from: time,
  /** ms since 1970, or a day of the zone, which is in it. */
  to: time,
  period: z.enum(["today", "7d", "30d", "90d", "year"]).exactOptional(),
  /** As in the IANA database; that of the browser, or the server's, unless given. */
  zone: z.string().max(60).exactOptional(),
};

const only = {
  dimension: z.enum(USAGE_DIMENSIONS).exactOptional(),
  value: z.string().max(300).exactOptional(),
};

const nano = z.int().min(0).max(1_000_000_000_000);

const priceSchema = z.object({
  model: z.string().trim().min(1).max(300),
  nodeId: z.string().min(1).max(200).exactOptional(),
  input: nano,
  output: nano,
  cachedInput: nano.exactOptional(),
}).meta({ id: "Price" });

/** Reads the prices that a person posts, as JSON or by a form. */
export const pricesSchema = z.object({
  /** The version that was changed. */
  version: z.int().min(1),
  prices: z.array(priceSchema).max(500),
  note: z.string().trim().max(200).exactOptional(),
}).meta({ id: "PriceChange" });

/** What was used, what it cost, and by which prices. */
export const analyticsOperations = {
  usage: operation({
    ...common,
    method: "GET",
    path: "/api/analytics/usage",
    scope: "usage",
    summary: "What was used in a period (of everything, or of one value of a dimension), in points of time",
    query: queryOf({ ...period, ...only }),
  }),
  usageParts: operation({
    ...common,
    method: "GET",
    path: "/api/analytics/usage/{dimension}",
    scope: "usage",
    summary:
      "What was used in a period by each model, node, key, source, chat or project, the most calls first",
    query: queryOf({ ...period, limit: z.coerce.number().int().min(1).max(1_000).exactOptional() }),
  }),
  usageEvents: operation({
    ...common,
    method: "GET",
    path: "/api/analytics/events",
    scope: "usage",
    summary: "An event `pulse` each second: calls under way, and whether there are new rows in the ledger",
    query: queryOf({ profile }),
    success: eventStream,
  }),
  exportUsage: operation({
    ...common,
    method: "GET",
    path: "/api/analytics/export",
    scope: "usage",
    summary: "Every call of a period (of everything, or of one value of a dimension), as CSV or JSON",
    query: queryOf({ ...period, ...only, format: z.enum(["csv", "json"]).exactOptional() }),
    success: { mediaType: "text/csv", description: "The rows, oldest first" },
  }),
  rebuildUsage: operation({
    ...common,
    method: "POST",
    path: "/api/analytics/rebuild",
    scope: "admin",
    summary: "Sum all calls up anew",
  }),
  getPrices: operation({
    ...common,
    method: "GET",
    path: "/api/analytics/prices",
    scope: "usage",
    summary:
      "What models cost, in nano-dollars a token; the version that holds now, or the one that is named",
    query: queryOf({ version: z.coerce.number().int().min(1).exactOptional() }),
  }),
  listPriceVersions: operation({
    ...common,
    method: "GET",
    path: "/api/analytics/prices/versions",
    scope: "usage",
    summary: "The versions of the prices, newest first, without the prices themselves",
  }),
  setPrices: operation({
    ...common,
    method: "PUT",
    path: "/api/analytics/prices",
    scope: "admin",
    summary: "Set the prices from now on, as a new version; calls keep the price they were billed with",
    body: pricesSchema,
  }),
  resetPrices: operation({
    ...common,
    method: "DELETE",
    path: "/api/analytics/prices",
    scope: "admin",
    summary: "Go back to the shipped prices, as a new version",
    query: queryOf({ version: z.coerce.number().int().min(1) }),
  }),
  metrics: operation({
    ...common,
    method: "GET",
    path: "/metrics",
    scope: "usage",
    summary: "Counters and histograms of this process in Prometheus' text format",
    query: queryOf({ profile }),
    success: { mediaType: "text/plain", description: "Version 0.0.4 of the format" },
  }),
} as const;
