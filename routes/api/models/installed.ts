import { define, endpoint, methods, operations } from "../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(operations.listInstalledModels, ({ services, principal }) => {
    return services.models.installed(principal);
  }),
  DELETE: endpoint(operations.deleteModel, ({ services, principal, query }) => {
    return services.models.delete(principal, query);
  }),
}));
