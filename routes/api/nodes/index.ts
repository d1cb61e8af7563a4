import { define, endpoint, methods, operations } from "../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(operations.listNodes, ({ services, principal }) => services.nodes.statuses(principal)),
  POST: endpoint(operations.createNode, ({ services, principal, body }) => {
    return services.nodes.registry.create(principal, body);
  }),
}));
