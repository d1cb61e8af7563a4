import { define, endpoint, methods, operations } from "../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  POST: endpoint(operations.testNewNode, ({ services, body }) => services.nodes.testSpec(body)),
}));
