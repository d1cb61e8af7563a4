import { z } from "zod";
import { createBranchSchema, createProjectSchema, updateProjectSchema } from "../../studio/mod.ts";
import { operation } from "../http/operation.ts";
import { accepted, eventStream, noContent, PROJECTS } from "./common.ts";

const common = { tag: "Projects", scope: "studio", feature: "studio" } as const;
const IMPORT_MAX_BYTES = 24 * 1024 * 1024;

/** Projects of the build studio. */
export const projectsOperations = {
  listProjects: operation({
    ...common,
    method: "GET",
    path: PROJECTS,
    summary: "A page of the projects, newest change first",
    query: z.object({
      q: z.string().max(200).exactOptional(),
      cursor: z.string().max(1_000).exactOptional(),
      limit: z.coerce.number().int().min(1).max(200).exactOptional(),
    }),
  }),
  createProject: operation({
    ...common,
    method: "POST",
    path: PROJECTS,
    summary: "Make a project and begin its first version; `Idempotency-Key` makes a repeat harmless",
    body: createProjectSchema,
    success: accepted,
  }),
  importProject: operation({
    ...common,
    method: "POST",
    path: `${PROJECTS}/import`,
    summary: "A project out of a ZIP (application/zip), or out of files (multipart/form-data, named by path)",
    query: z.object({ name: z.string().trim().min(1).max(100).exactOptional() }),
    maxBytes: IMPORT_MAX_BYTES,
    upload: ["application/zip", "multipart/form-data"],
    success: accepted,
  }),
  getProject: operation({
    ...common,
    method: "GET",
    path: `${PROJECTS}/{projectId}`,
    summary: "A project with all its versions, newest first",
  }),
  updateProject: operation({
    ...common,
    method: "PATCH",
    path: `${PROJECTS}/{projectId}`,
    summary: "Rename a project, change its kinds, model, locked files or active branch",
    body: updateProjectSchema,
  }),
  deleteProject: operation({
    ...common,
    method: "DELETE",
    path: `${PROJECTS}/{projectId}`,
    summary: "Delete a project; it can be restored within a week",
    success: noContent,
  }),
  restoreProject: operation({
    ...common,
    method: "POST",
    path: `${PROJECTS}/{projectId}/restore`,
    summary: "Bring a deleted project back",
  }),
  duplicateProject: operation({
    ...common,
    method: "POST",
    path: `${PROJECTS}/{projectId}/duplicate`,
    summary: "Copy a project as its active branch shows it now",
  }),
  createBranch: operation({
    ...common,
    method: "POST",
    path: `${PROJECTS}/{projectId}/branches`,
    summary: "Begin a branch at a version",
    body: createBranchSchema,
  }),
  deleteQueuedPrompt: operation({
    ...common,
    method: "DELETE",
    path: `${PROJECTS}/{projectId}/queue/{promptId}`,
    summary: "Take a prompt back that waits",
  }),
  projectEvents: operation({
    ...common,
    method: "GET",
    path: "/api/stream/{projectId}",
    summary:
      "What happens in a project: the events of its runs, resumed after `Last-Event-ID` (runId.seq), as long as the client listens",
    success: eventStream,
  }),
} as const;
