import { z } from "zod";
import { operation } from "../http/operation.ts";
import { noContent } from "./common.ts";

const FEATURE = { tag: "Models", feature: "models" } as const;

const nameSchema = z.string().trim().min(1).max(300);
const placeFields = { nodeId: z.string().min(1).max(200), model: nameSchema };
const placeSchema = z.object(placeFields).meta({ id: "ModelPlace" });
const keepAliveSchema = z.union([
  z.string().regex(/^-?\d+(\.\d+)?(ms|s|m|h)$/, 'Write a duration, such as "5m"'),
  z.int().min(-1).max(31_536_000),
]);

/** What is installed on the nodes, and what can be done with it. */
export const modelsOperations = {
  listInstalledModels: operation({
    ...FEATURE,
    method: "GET",
    path: "/api/models/installed",
    scope: "models",
    summary: "The models of every node with where they are, and the nodes that take downloads",
  }),
  listMarket: operation({
    ...FEATURE,
    method: "GET",
    path: "/api/models/catalogue",
    scope: "models",
    summary: "The selection of open models that comes with Freshet, with their sizes",
  }),
  showModel: operation({
    ...FEATURE,
    method: "GET",
    path: "/api/models/details",
    scope: "admin",
    summary: "What its server tells of a model: modelfile, template, parameters, licence",
    query: placeSchema,
  }),
  deleteModel: operation({
    ...FEATURE,
    method: "DELETE",
    path: "/api/models/installed",
    scope: "admin",
    summary: "Delete a model from a node",
    query: placeSchema,
    success: noContent,
  }),
  copyModel: operation({
    ...FEATURE,
    method: "POST",
    path: "/api/models/copy",
    scope: "admin",
    summary: "Give a model a second name on its node",
    body: z.object({ ...placeFields, name: nameSchema }).meta({ id: "ModelCopy" }),
    success: noContent,
  }),
  loadModel: operation({
    ...FEATURE,
    method: "POST",
    path: "/api/models/load",
    scope: "admin",
    summary: "Load a model into a node's memory; `keepAlive` is how long it stays there, -1 for ever",
    body: z.object({ ...placeFields, keepAlive: keepAliveSchema.exactOptional() }).meta({ id: "ModelLoad" }),
    success: noContent,
  }),
  unloadModel: operation({
    ...FEATURE,
    method: "POST",
    path: "/api/models/unload",
    scope: "admin",
    summary: "Take a model out of a node's memory",
    body: placeSchema,
    success: noContent,
  }),
  listDownloads: operation({
    ...FEATURE,
    method: "GET",
    path: "/api/downloads",
    scope: "models",
    summary: "Downloads of models, under way and ended, newest first",
  }),
  startDownload: operation({
    ...FEATURE,
    method: "POST",
    path: "/api/downloads",
    scope: "admin",
    summary: "Download a model to a node; it goes on by itself, after a restart too",
    body: placeSchema,
    success: { status: 202, description: "The download goes on by itself" },
  }),
  changeDownload: operation({
    ...FEATURE,
    method: "PATCH",
    path: "/api/downloads/{id}",
    scope: "admin",
    summary: "Pause a download, or go on with one that was paused or has failed",
    body: z.object({ state: z.enum(["paused", "running"]) }).meta({ id: "DownloadPatch" }),
  }),
  deleteDownload: operation({
    ...FEATURE,
    method: "DELETE",
    path: "/api/downloads/{id}",
    scope: "admin",
    summary: "Cancel a download, or take an ended one off the list",
    success: noContent,
  }),
} as const;
