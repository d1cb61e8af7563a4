import { define, endpoint, methods, operations } from "../../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(operations.showModelConfiguration, ({ services, principal, param, query }) => {
    return services.models.servers.configuration(principal, param("id"), query.model);
  }),
  PATCH: endpoint(operations.changeModelConfiguration, ({ services, principal, param, body }) => {
    return services.models.servers.configure(principal, param("id"), body.model, body.changes);
  }),
}));
