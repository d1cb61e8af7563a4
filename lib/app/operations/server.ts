import { operation } from "../http/operation.ts";

/** The server itself. */
export const serverOperations = {
  health: operation({
    method: "GET",
    path: "/api/health",
    tag: "Server",
    scope: "models",
    summary: "Whether Freshet is ready",
  }),
  openapi: operation({
    method: "GET",
    path: "/api/openapi.json",
    tag: "Server",
    scope: "models",
    summary: "This document",
  }),
} as const;
