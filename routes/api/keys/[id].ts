import { define, endpoint, methods, operations } from "../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  DELETE: endpoint(operations.deleteKey, ({ services, principal, param }) => {
    return services.apiKeys.delete(principal, param("id"));
  }),
}));
