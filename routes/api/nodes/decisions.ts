import { define, endpoint, methods, operations } from "../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(operations.nodeDecisions, ({ services, principal, query }) => ({
    decisions: services.nodes.decisions(principal, query.nodeId),
  })),
}));
