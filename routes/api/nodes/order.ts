import { define, endpoint, methods, operations } from "../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  PUT: endpoint(operations.orderNodes, async ({ services, principal, body: { tiers, ids = [] } }) => ({
    nodes: await services.nodes.reorder(principal, tiers ?? ids.map((id) => [id])),
  })),
}));
