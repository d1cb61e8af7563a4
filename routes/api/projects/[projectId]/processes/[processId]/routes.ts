import { define, endpoint, methods, operations } from "../../../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(operations.processRoutes, ({ services, principal, param }) => {
    return services.processes.routes(principal, param("projectId"), param("processId"));
  }),
}));
