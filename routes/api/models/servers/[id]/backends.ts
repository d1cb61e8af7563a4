import { define, endpoint, methods, operations } from "../../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(operations.listBackends, async ({ services, principal, param }) => {
    return { backends: await services.models.servers.backends(principal, param("id")) };
  }),
  POST: endpoint(operations.installBackend, ({ services, principal, param, body }) => {
    return services.models.servers.changeBackend(principal, param("id"), body.name, "install");
  }),
  DELETE: endpoint(operations.deleteBackend, ({ services, principal, param, query }) => {
    return services.models.servers.changeBackend(principal, param("id"), query.name, "delete");
  }),
}));
