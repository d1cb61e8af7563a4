import { processRequestSchema, savedRequestsSchema, startProcessSchema } from "../../studio/mod.ts";
import { operation } from "../http/operation.ts";
import { eventStream, noContent, PROJECTS } from "./common.ts";

const common = { tag: "Running versions", scope: "studio", feature: "studio" } as const;
const PROCESSES = `${PROJECTS}/{projectId}/processes`;
const PROCESS = `${PROCESSES}/{processId}`;

/** Looking at versions and running them. */
export const processesOperations = {
  versionPreview: operation({
    ...common,
    method: "GET",
    path: `${PROJECTS}/{projectId}/versions/{versionId}/preview`,
    summary: "The address of a version's preview, for a while",
  }),
  startProcess: operation({
    ...common,
    method: "POST",
    path: PROCESSES,
    summary: "Run a version in the sandbox",
    body: startProcessSchema,
    success: { status: 201, description: "It listens, or has ended: see its state" },
  }),
  listProcesses: operation({
    ...common,
    method: "GET",
    path: PROCESSES,
    summary: "The versions that run",
  }),
  stopProcess: operation({
    ...common,
    method: "DELETE",
    path: PROCESS,
    summary: "Stop a version that runs",
    success: noContent,
  }),
  processLogs: operation({
    ...common,
    method: "GET",
    path: `${PROCESS}/logs`,
    summary: "What it writes: events `log`, resumed after `Last-Event-ID`, and at last `exit`",
    success: eventStream,
  }),
  processRoutes: operation({
    ...common,
    method: "GET",
    path: `${PROCESS}/routes`,
    summary: "The routes its code has",
  }),
  processRequest: operation({
    ...common,
    method: "POST",
    path: `${PROCESS}/requests`,
    summary: "Send it a request",
    body: processRequestSchema,
  }),
  savedRequests: operation({
    ...common,
    method: "GET",
    path: `${PROJECTS}/{projectId}/requests`,
    summary: "The requests kept with a project",
  }),
  saveRequests: operation({
    ...common,
    method: "PUT",
    path: `${PROJECTS}/{projectId}/requests`,
    summary: "Replace the requests kept with a project",
    body: savedRequestsSchema,
  }),
} as const;
