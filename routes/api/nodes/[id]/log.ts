import { define, endpoint, methods, operations } from "../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(
    operations.nodeLog,
    ({ services, principal, param }) => services.nodes.log(principal, param("id")),
  ),
}));
