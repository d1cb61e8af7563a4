import { z } from "zod";
import { thresholdsSchema } from "../../monitor/mod.ts";
import { DEBUG_MAX_MINUTES, LOG_LEVELS, LOG_LINES_MAX, SYSTEM_RANGES } from "../../shared/mod.ts";
import { operation, queryOf } from "../http/operation.ts";
import { eventStream } from "./common.ts";

const common = { tag: "System", scope: "admin", feature: "system" } as const;

const FILTER = {
  level: z.enum(LOG_LEVELS).exactOptional(),
  part: z.string().max(100).exactOptional(),
  text: z.string().max(200).exactOptional(),
};

const debugSchema = z.strictObject({ minutes: z.number().min(0).max(DEBUG_MAX_MINUTES) }).meta({
  id: "DebugMode",
  description: "0 switches it off",
});

/** The machine that Freshet runs on, and the server's log. */
export const systemOperations = {
  system: operation({
    ...common,
    method: "GET",
    path: "/api/system",
    summary: "CPU, memory, GPUs, storage, network and the processes of model servers, as they are now",
  }),
  systemHistory: operation({
    ...common,
    method: "GET",
    path: "/api/system/history",
    summary: "What the machine did in the last hour, day or week",
    query: queryOf({ range: z.enum(SYSTEM_RANGES).default("hour") }),
  }),
  systemEvents: operation({
    ...common,
    method: "GET",
    path: "/api/system/events",
    summary: "The machine live: an event `sample` every other second",
    success: eventStream,
  }),
  systemThresholds: operation({
    ...common,
    method: "GET",
    path: "/api/system/thresholds",
    summary: "What is warned about",
  }),
  setSystemThresholds: operation({
    ...common,
    method: "PUT",
    path: "/api/system/thresholds",
    summary: "Choose what is warned about",
    body: thresholdsSchema,
  }),
  logs: operation({
    ...common,
    method: "GET",
    path: "/api/system/logs",
    summary: "The latest lines of the server's log",
    query: queryOf({ ...FILTER, limit: z.coerce.number().int().min(1).max(LOG_LINES_MAX).default(500) }),
  }),
  logEvents: operation({
    ...common,
    method: "GET",
    path: "/api/system/logs/events",
    summary:
      "The log live: events `lines`, resumed after `Last-Event-ID`; `missed` where lines are gone, and `debug`",
    query: queryOf(FILTER),
    success: eventStream,
  }),
  downloadLogs: operation({
    ...common,
    method: "GET",
    path: "/api/system/logs/download",
    summary: "The lines that are kept, one JSON object a line",
    query: queryOf(FILTER),
    success: { mediaType: "application/x-ndjson", description: "A file" },
  }),
  setDebugMode: operation({
    ...common,
    method: "PUT",
    path: "/api/system/logs/debug",
    summary: "Log requests and responses for some minutes, without secrets",
    body: debugSchema,
  }),
} as const;
