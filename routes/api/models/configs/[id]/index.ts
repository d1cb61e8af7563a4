import { define, endpoint, methods, operations } from "../../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(operations.showModelConfig, ({ services, principal, param }) => {
    return services.models.configs.get(principal, param("id"));
  }),
  DELETE: endpoint(operations.deleteModelConfig, ({ services, principal, param }) => {
    return services.models.configs.remove(principal, param("id"));
  }),
}));
