import { z } from "zod";
import { PROJECT_LIMITS } from "../shared/mod.ts";

const id = z.string().regex(/^[0-9a-z]{26}$/, "is not an id of Freshet");
const path = z.string().min(1).max(400);
const name = z.string().trim().min(1).max(100);
const branch = z.string().trim().min(1).max(60);
const kinds = z.array(z.enum(["ui", "api"])).min(1).max(2)
  .refine((list) => new Set(list).size === list.length, "has a kind twice");
const imageIds = z.array(id).max(PROJECT_LIMITS.images);
const prompt = z.string().trim().min(1).max(PROJECT_LIMITS.promptChars);
const model = z.string().max(300);
const file = z.object({ path, content: z.string().max(PROJECT_LIMITS.fileBytes) });

/** `POST /api/projects`. */
export const createProjectSchema = z.object({
  prompt: prompt.exactOptional(),
  name: name.exactOptional(),
  kinds: kinds.exactOptional(),
  model: model.exactOptional(),
  imageIds: imageIds.exactOptional(),
}).meta({ id: "CreateProject" });

/** `PATCH /api/projects/:projectId`. */
export const updateProjectSchema = z.object({
  name: name.exactOptional(),
  kinds: kinds.exactOptional(),
  model: model.exactOptional(),
  lockedPaths: z.array(path).max(PROJECT_LIMITS.files).exactOptional(),
  activeBranch: branch.exactOptional(),
}).meta({ id: "UpdateProject" });

/** `POST /api/projects/:projectId/versions`. */
export const createVersionSchema = z.discriminatedUnion("origin", [
  z.object({
    origin: z.literal("prompt"),
    text: prompt,
    branch: branch.exactOptional(),
    imageIds: imageIds.exactOptional(),
    queue: z.boolean().exactOptional(),
    fromVersionId: id.exactOptional(),
  }),
  z.object({ origin: z.literal("retry"), versionId: id }),
  z.object({
    origin: z.literal("edit"),
    branch: branch.exactOptional(),
    parentId: id,
    files: z.array(file).max(PROJECT_LIMITS.files),
    deleted: z.array(path).max(PROJECT_LIMITS.files).exactOptional(),
    title: z.string().trim().max(40).exactOptional(),
  }),
  z.object({
    origin: z.literal("restore"),
    versionId: id,
    branch: branch.exactOptional(),
    paths: z.array(path).min(1).max(PROJECT_LIMITS.files).exactOptional(),
  }),
]).meta({ id: "CreateVersion" });

/** `PATCH /api/projects/:projectId/versions/:versionId`. */
export const updateVersionSchema = z.object({
  starred: z.boolean().exactOptional(),
  note: z.string().max(2_000).exactOptional(),
}).meta({ id: "UpdateVersion" });

/** `POST /api/projects/:projectId/branches`. */
export const createBranchSchema = z.object({ name: branch, versionId: id }).meta({ id: "CreateBranch" });

/** `POST /api/projects/:projectId/messages`. */
export const createProjectMessageSchema = z.object({
  text: prompt,
  imageIds: imageIds.exactOptional(),
  queue: z.boolean().exactOptional(),
}).meta({ id: "CreateProjectMessage" });

const requestFields = {
  method: z.string().regex(/^[A-Za-z]{1,20}$/, "is no method"),
  path: z.string().startsWith("/").max(8_000),
  headers: z.record(z.string().max(200), z.string().max(8_000)),
  body: z.string().max(1_000_000),
};

/** `POST /api/projects/:projectId/processes`. */
export const startProcessSchema = z.object({ versionId: id }).meta({ id: "StartProcess" });

/** `POST …/processes/:processId/requests`. */
export const processRequestSchema = z.object(requestFields).meta({ id: "ProcessRequest" });

/** `PUT /api/projects/:projectId/requests`. */
export const savedRequestsSchema = z.array(
  z.object({ id: z.string().min(1).max(60), name: z.string().max(200), ...requestFields }),
).max(100).meta({ id: "SavedRequests" });
