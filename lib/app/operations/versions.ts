import { createProjectMessageSchema, createVersionSchema, updateVersionSchema } from "../../studio/mod.ts";
import { operation } from "../http/operation.ts";
import { accepted, PROJECTS } from "./common.ts";

const common = { tag: "Versions", scope: "studio", feature: "studio" } as const;
const VERSIONS = `${PROJECTS}/{projectId}/versions`;
const VERSION = `${VERSIONS}/{versionId}`;
const EDIT_MAX_BYTES = 24 * 1024 * 1024;

/** Versions of projects, and the chat that makes them. */
export const versionsOperations = {
  listVersions: operation({
    ...common,
    method: "GET",
    path: VERSIONS,
    summary: "All versions, newest first",
  }),
  createVersion: operation({
    ...common,
    method: "POST",
    path: VERSIONS,
    summary:
      "Make a version by a prompt, again, by hand or out of an earlier one; `Idempotency-Key` makes a repeat harmless",
    body: createVersionSchema,
    maxBytes: EDIT_MAX_BYTES,
    success: accepted,
  }),
  getVersion: operation({ ...common, method: "GET", path: VERSION, summary: "One version" }),
  updateVersion: operation({
    ...common,
    method: "PATCH",
    path: VERSION,
    summary: "Star a version, or write a note to it",
    body: updateVersionSchema,
  }),
  versionFiles: operation({
    ...common,
    method: "GET",
    path: `${VERSION}/files`,
    summary: "A version with its files and their contents",
  }),
  versionZip: operation({
    ...common,
    method: "GET",
    path: `${VERSION}/zip`,
    summary: "A version as a ZIP that `deno task start` runs",
    success: { mediaType: "application/zip", description: "The archive" },
  }),
  versionDiff: operation({
    ...common,
    method: "GET",
    path: `${VERSION}/diff/{otherId}`,
    summary: "The files in which two versions differ, with both contents",
  }),
  projectMessages: operation({
    ...common,
    method: "GET",
    path: `${PROJECTS}/{projectId}/messages`,
    summary: "The chat of a project, oldest first",
  }),
  createProjectMessage: operation({
    ...common,
    method: "POST",
    path: `${PROJECTS}/{projectId}/messages`,
    summary: "Say what the next version should be; `Idempotency-Key` makes a repeat harmless",
    body: createProjectMessageSchema,
    success: accepted,
  }),
} as const;
