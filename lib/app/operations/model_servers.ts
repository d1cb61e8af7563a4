import { z } from "zod";
import { ONLINE_SOURCES } from "../../shared/mod.ts";
import { operation } from "../http/operation.ts";
import { noContent } from "./common.ts";

const FEATURE = { tag: "Models", feature: "models" } as const;

const nameSchema = z.string().trim().min(1).max(300);
const valueSchema = z.union([z.number(), z.string().max(20_000), z.boolean()]);
const settingNameSchema = z.string().min(1).max(100);
const backendSchema = z.object({ name: nameSchema }).meta({ id: "ServerBackendName" });

/** What servers of models can over APIs of their own, and the search for models on the internet. */
export const modelServersOperations = {
  listModelServers: operation({
    ...FEATURE,
    method: "GET",
    path: "/api/models/servers",
    scope: "models",
    summary: "The nodes with LM Studio, LocalAI and Text Generation WebUI",
  }),
  showModelServer: operation({
    ...FEATURE,
    method: "GET",
    path: "/api/models/servers/{id}",
    scope: "admin",
    summary:
      "What a server can, its models, what is in memory with its settings, and what a model may be loaded with",
  }),
  loadWithSettings: operation({
    ...FEATURE,
    method: "POST",
    path: "/api/models/servers/{id}/load",
    scope: "admin",
    summary: "Load a model with settings; what is not given the server chooses. One in memory is loaded anew",
    body: z.object({ model: nameSchema, settings: z.record(settingNameSchema, valueSchema).default({}) })
      .meta({ id: "ModelLoadSettings" }),
    success: noContent,
  }),
  searchGallery: operation({
    ...FEATURE,
    method: "GET",
    path: "/api/models/servers/{id}/gallery",
    scope: "admin",
    summary: "The models of a server's galleries that have every word",
    query: z.object({ q: z.string().max(200).default("") }),
  }),
  listBackends: operation({
    ...FEATURE,
    method: "GET",
    path: "/api/models/servers/{id}/backends",
    scope: "admin",
    summary: "The backends of a server: what is installed, and what could be",
  }),
  installBackend: operation({
    ...FEATURE,
    method: "POST",
    path: "/api/models/servers/{id}/backends",
    scope: "admin",
    summary: "Begin to install a backend; its job is followed at its own address",
    body: backendSchema,
    success: { status: 202, description: "The server goes on by itself" },
  }),
  deleteBackend: operation({
    ...FEATURE,
    method: "DELETE",
    path: "/api/models/servers/{id}/backends",
    scope: "admin",
    summary: "Begin to delete a backend",
    query: backendSchema,
    success: { status: 202, description: "The server goes on by itself" },
  }),
  showBackendJob: operation({
    ...FEATURE,
    method: "GET",
    path: "/api/models/servers/{id}/jobs/{job}",
    scope: "admin",
    summary: "How far a backend is that is installed or deleted",
  }),
  showModelConfiguration: operation({
    ...FEATURE,
    method: "GET",
    path: "/api/models/servers/{id}/configuration",
    scope: "admin",
    summary: "The settings in a model's file on its server",
    query: z.object({ model: nameSchema }),
  }),
  changeModelConfiguration: operation({
    ...FEATURE,
    method: "PATCH",
    path: "/api/models/servers/{id}/configuration",
    scope: "admin",
    summary:
      "Change settings in a model's file; null leaves one to the server. It applies when the model is loaded anew",
    body: z.object({ model: nameSchema, changes: z.record(settingNameSchema, valueSchema.nullable()) })
      .meta({ id: "ModelConfigurationPatch" }),
  }),
  searchOnline: operation({
    ...FEATURE,
    method: "POST",
    path: "/api/models/online",
    scope: "models",
    summary: "Search Ollama's library, or Hugging Face for GGUF files; this asks that site now",
    body: z.object({ source: z.enum(ONLINE_SOURCES), query: z.string().trim().min(1).max(100) })
      .meta({ id: "OnlineSearch" }),
  }),
} as const;
