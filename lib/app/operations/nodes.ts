import { z } from "zod";
import { PROVIDER_KINDS } from "../../shared/mod.ts";
import { operation } from "../http/operation.ts";
import { eventStream, noContent } from "./common.ts";

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
  draining: z.boolean().exactOptional(),
  inferenceProvider: z.string().max(100).exactOptional(),
};
const nodeSchema = z.object(nodeFields).meta({ id: "NodeSpec" });
const nodePatchSchema = z.object({
  ...nodeFields,
  name: nodeFields.name.exactOptional(),
  kind: nodeFields.kind.exactOptional(),
  baseUrl: nodeFields.baseUrl.exactOptional(),
}).meta({ id: "NodePatch" });

const idsSchema = z.array(z.string().max(200)).max(1_000);
const orderSchema = z.object({
  tiers: z.array(idsSchema).max(1_000).exactOptional(),
  ids: idsSchema.exactOptional(),
}).refine(({ tiers, ids }) => (tiers === undefined) !== (ids === undefined), "Name either `tiers` or `ids`")
  .meta({ id: "NodeOrder" });
const aliasSchema = z.object({ models: z.array(z.string().min(1).max(300)).min(1).max(10) }).meta({
  id: "ModelAliasSpec",
});

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
    summary: "All nodes as they are now, with what they do",
  }),
  nodeEvents: operation({
    method: "GET",
    path: "/api/nodes/events",
    tag: "Nodes",
    scope: "models",
    summary:
      "What changes on the nodes: an event `pulse` each second, and `changed` where all should be read anew",
    success: eventStream,
  }),
  nodeDecisions: operation({
    method: "GET",
    path: "/api/nodes/decisions",
    tag: "Nodes",
    scope: "models",
    summary: "Why the latest calls went where they went, newest first",
    query: z.object({ nodeId: z.string().max(200).exactOptional() }),
  }),
  nodeLog: operation({
    method: "GET",
    path: "/api/nodes/{id}/log",
    tag: "Nodes",
    scope: "models",
    summary: "What was seen of a node: probes, tests, failed calls and changes of its state, newest first",
  }),
  orderNodes: operation({
    method: "PUT",
    path: "/api/nodes/order",
    tag: "Nodes",
    scope: "admin",
    summary: "Put nodes in tiers, of which each shares its calls; `ids` gives every node a tier of its own",
    body: orderSchema,
  }),
  listQueue: operation({
    method: "GET",
    path: "/api/queue",
    tag: "Nodes",
    scope: "models",
    summary: "The calls that wait for a turn, next first",
  }),
  cancelQueued: operation({
    method: "DELETE",
    path: "/api/queue/{callId}",
    tag: "Nodes",
    scope: "admin",
    summary: "Take a call out of the queue",
    success: noContent,
  }),
  listAliases: operation({
    method: "GET",
    path: "/api/aliases",
    tag: "Nodes",
    scope: "models",
    summary: "Names for chains of models",
  }),
  setAlias: operation({
    method: "PUT",
    path: "/api/aliases/{name}",
    tag: "Nodes",
    scope: "admin",
    summary: "Name a chain of models, of which the first that can answer does",
    body: aliasSchema,
  }),
  deleteAlias: operation({
    method: "DELETE",
    path: "/api/aliases/{name}",
    tag: "Nodes",
    scope: "admin",
    summary: "Remove an alias",
    success: noContent,
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
