import { z } from "zod";
import type { ModelParameters, ParameterSpec } from "../../shared/mod.ts";
import { MODEL_PARAMETERS } from "../../shared/model_configs/mod.ts";
import { operation } from "../http/operation.ts";
import { noContent } from "./common.ts";

const FEATURE = { tag: "Models", feature: "models", scope: "admin" } as const;
const TEXT_MAX_CHARS = 100_000;
const STOP_MAX_CHARS = 200;

const nameSchema = z.string().trim().min(1).max(300);
const placeFields = { nodeId: z.string().min(1).max(200), model: nameSchema };
const digestSchema = z.string().regex(/^[0-9a-f]{64}$/, "Write the 64 digits of a digest");
const nodeIdsSchema = z.array(z.string().min(1).max(200)).min(1).max(100);
const number = z.int().min(1).max(1_000_000);

const parametersSchema: z.ZodType<ModelParameters> = z.strictObject(
  Object.fromEntries(MODEL_PARAMETERS.map((spec) => [spec.name, valueSchema(spec).exactOptional()])),
).meta({ id: "ModelParameters" });

function valueSchema({ type, min, max }: ParameterSpec) {
  if (type === "list") return z.array(z.string().min(1).max(STOP_MAX_CHARS)).min(min).max(max);
  return (type === "integer" ? z.int() : z.number()).min(min).max(max);
}

const saveSchema = z.object({
  name: nameSchema,
  base: nameSchema,
  parameters: parametersSchema,
  system: z.string().max(TEXT_MAX_CHARS),
  template: z.string().max(TEXT_MAX_CHARS),
  note: z.string().max(500).exactOptional(),
  nodeIds: nodeIdsSchema,
  basedOn: z.int().min(0).exactOptional(),
}).meta({ id: "ModelConfigSave" });

/** What models are made of, in versions; which digests their names led to; and pins to go back to. */
export const modelConfigsOperations = {
  listModelConfigs: operation({
    ...FEATURE,
    method: "GET",
    path: "/api/models/configs",
    summary: "Configurations of models with their versions and where those are",
  }),
  saveModelConfig: operation({
    ...FEATURE,
    method: "POST",
    path: "/api/models/configs",
    summary: "Save a version of a configuration; its model is created on the nodes by itself",
    body: saveSchema,
    success: { status: 202, description: "The creation goes on by itself" },
  }),
  draftModelConfig: operation({
    ...FEATURE,
    method: "GET",
    path: "/api/models/configs/draft",
    summary: "What to begin a model's configuration with: its versions, and what the base brings along",
    query: z.object(placeFields),
  }),
  showModelBase: operation({
    ...FEATURE,
    method: "GET",
    path: "/api/models/configs/base",
    summary: "What a model brings along to those that are made of it",
    query: z.object(placeFields),
  }),
  showModelConfig: operation({
    ...FEATURE,
    method: "GET",
    path: "/api/models/configs/{id}",
    summary: "A configuration with all its versions, newest first",
  }),
  deleteModelConfig: operation({
    ...FEATURE,
    method: "DELETE",
    path: "/api/models/configs/{id}",
    summary: "Forget a configuration with its versions; the models stay",
    success: noContent,
  }),
  restoreModelConfig: operation({
    ...FEATURE,
    method: "POST",
    path: "/api/models/configs/{id}/restore",
    summary: "Make a new version with the content of an older one, and create it",
    body: z.object({ number, nodeIds: nodeIdsSchema.exactOptional() }).meta({ id: "ModelConfigRestore" }),
    success: { status: 202, description: "The creation goes on by itself" },
  }),
  createModelConfig: operation({
    ...FEATURE,
    method: "POST",
    path: "/api/models/configs/{id}/create",
    summary: "Create the latest version again, where that failed or was cut",
    body: z.object({ number, nodeIds: nodeIdsSchema.exactOptional() }).meta({ id: "ModelConfigCreate" }),
    success: { status: 202, description: "The creation goes on by itself" },
  }),
  showModelDigests: operation({
    ...FEATURE,
    method: "GET",
    path: "/api/models/digests",
    summary: "Which models a node had under a name, and which of them are kept there",
    query: z.object(placeFields),
  }),
  noteModelChange: operation({
    ...FEATURE,
    method: "POST",
    path: "/api/models/digests/noted",
    summary:
      "Take the mark away that a model was changed on its server; `changedAt` is the change that was seen",
    body: z.object({ ...placeFields, changedAt: z.int().min(0).exactOptional() })
      .meta({ id: "ModelChangeNoted" }),
    success: noContent,
  }),
  pinModel: operation({
    ...FEATURE,
    method: "POST",
    path: "/api/models/pins",
    summary: "Keep what a name leads to now, as a copy under a name of Freshet's",
    body: z.object(placeFields).meta({ id: "ModelPin" }),
    success: noContent,
  }),
  restorePinnedModel: operation({
    ...FEATURE,
    method: "POST",
    path: "/api/models/pins/restore",
    summary:
      "Give a pinned model its name back; what has it now is pinned first unless `keepCurrent` is false",
    body: z.object({ ...placeFields, digest: digestSchema, keepCurrent: z.boolean().exactOptional() })
      .meta({ id: "ModelPinRestore" }),
    success: noContent,
  }),
  unpinModel: operation({
    ...FEATURE,
    method: "DELETE",
    path: "/api/models/pins",
    summary: "Delete the copy that a pin keeps",
    query: z.object({ ...placeFields, digest: digestSchema }),
    success: noContent,
  }),
} as const;
