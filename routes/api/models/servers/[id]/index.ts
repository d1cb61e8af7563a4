import { define, endpoint, methods, operations } from "../../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(operations.showModelServer, ({ services, principal, param }) => {
    return services.models.servers.survey(principal, param("id"));
  }),
}));
