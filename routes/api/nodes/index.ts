import { define, endpoint, methods, operations } from "../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(operations.listNodes, async ({ services, principal }) => ({
    nodes: await services.nodes.catalog.views(principal),
  })),
  POST: endpoint(operations.createNode, ({ services, principal, body }) => {
    return services.nodes.registry.create(principal, body);
  }),
}));
