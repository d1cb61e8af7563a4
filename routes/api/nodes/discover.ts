import { define, endpoint, methods, operations } from "../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  POST: endpoint(operations.discoverNodes, async ({ services, principal }) => ({
    found: await services.nodes.discover(principal),
    nodes: await services.nodes.catalog.views(principal),
  })),
}));
