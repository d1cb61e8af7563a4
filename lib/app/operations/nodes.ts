import { z } from "zod";
import { PROVIDER_KINDS } from "../../shared/mod.ts";
import { operation } from "../http/operation.ts";
import { noContent } from "./common.ts";

const nodeFields = {
  name: z.string().trim().min(1).max(100),
  kind: z.enum(PROVIDER_KINDS.filter((kind) => kind !== "sketch")),
  baseUrl: z.url().max(2_000),
  apiKey: z.string().max(2_000).exactOptional(),
  enabled: z.boolean().exactOptional(),
  priority: z.int().min(0).max(10_000).exactOptional(),
  weight: z.number().min(0.01).max(1_000).exactOptional(),
  concurrency: z.int().min(0).max(10_000).exactOptional(),
  tags: z.array(z.string().max(50)).max(20).exactOptional(),
  inferenceProvider: z.string().max(100).exactOptional(),
};
const nodeSchema = z.object(nodeFields).meta({ id: "NodeSpec" });
const nodePatchSchema = z.object({
  ...nodeFields,
  name: nodeFields.name.exactOptional(),
  kind: nodeFields.kind.exactOptional(),
  baseUrl: nodeFields.baseUrl.exactOptional(),
}).meta({ id: "NodePatch" });

/** Nodes and their models. */
export const nodesOperations = {
  listModels: operation({
    method: "GET",
    path: "/api/models",
    tag: "Nodes",
    scope: "models",
    summary: "All models, unified over the nodes that hold them",
  }),
  listNodes: operation({
    method: "GET",
    path: "/api/nodes",
    tag: "Nodes",
    scope: "models",
    summary: "All nodes",
  }),
  createNode: operation({
    method: "POST",
    path: "/api/nodes",
    tag: "Nodes",
    scope: "admin",
    summary: "Add a node",
    body: nodeSchema,
    success: { status: 201 },
  }),
  updateNode: operation({
    method: "PATCH",
    path: "/api/nodes/{id}",
    tag: "Nodes",
    scope: "admin",
    summary: 'Change a node; an absent key is kept, "" removes it',
    body: nodePatchSchema,
  }),
  deleteNode: operation({
    method: "DELETE",
    path: "/api/nodes/{id}",
    tag: "Nodes",
    scope: "admin",
    summary: "Remove a node",
    success: noContent,
  }),
  testNode: operation({
    method: "POST",
    path: "/api/nodes/{id}/test",
    tag: "Nodes",
    scope: "admin",
    summary: "Try a node out",
  }),
  testNewNode: operation({
    method: "POST",
    path: "/api/nodes/test",
    tag: "Nodes",
    scope: "admin",
    summary: "Try a server out before it becomes a node",
    body: nodeSchema,
  }),
  discoverNodes: operation({
    method: "POST",
    feature: "discovery",
    path: "/api/nodes/discover",
    tag: "Nodes",
    scope: "admin",
    summary: "Look for model servers on this machine",
  }),
} as const;
