import { define, endpoint, methods, operations } from "../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  POST: endpoint(
    operations.testNode,
    ({ services, principal, param }) => services.nodes.test(principal, param("id")),
  ),
}));
