import { define, endpoint, methods, operations } from "../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  PATCH: endpoint(operations.updateNode, ({ services, principal, param, body }) => {
    return services.nodes.update(principal, param("id"), body);
  }),
  DELETE: endpoint(operations.deleteNode, ({ services, principal, param }) => {
    return services.nodes.delete(principal, param("id"));
  }),
}));
