import { operation } from "../http/operation.ts";
import { eventStream, noContent } from "./common.ts";

/** Runs, and what pages are told while they are open. */
export const runsOperations = {
  getRun: operation({
    method: "GET",
    path: "/api/runs/{id}",
    tag: "Runs",
    scope: "chat",
    summary: "A run with what it has written so far",
  }),
  runEvents: operation({
    method: "GET",
    path: "/api/runs/{id}/events",
    tag: "Runs",
    scope: "chat",
    summary:
      "A run's events: replayed after `Last-Event-ID` (runId.seq), then live, up to its terminal event",
    success: eventStream,
  }),
  cancelRun: operation({
    method: "POST",
    path: "/api/runs/{id}/cancel",
    tag: "Runs",
    scope: "chat",
    summary: "Stop a run and its upstream request",
    success: noContent,
  }),
  profileEvents: operation({
    method: "GET",
    path: "/api/events",
    tag: "Runs",
    scope: "chat",
    summary: "What changes while a page is open",
    success: eventStream,
  }),
} as const;
