import { define, endpoint, methods, operations } from "../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  PATCH: endpoint(operations.updateKey, ({ services, principal, param, body }) => {
    return services.apiKeys.update(principal, param("id"), body);
  }),
  DELETE: endpoint(operations.deleteKey, ({ services, principal, param }) => {
    return services.apiKeys.delete(principal, param("id"));
  }),
}));
