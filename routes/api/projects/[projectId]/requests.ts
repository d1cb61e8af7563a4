import { define, endpoint, methods, operations } from "../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(operations.savedRequests, ({ services, principal, param }) => {
    return services.processes.savedRequests(principal, param("projectId"));
  }),
  PUT: endpoint(operations.saveRequests, ({ services, principal, param, body }) => {
    return services.processes.saveRequests(principal, param("projectId"), body);
  }),
}));
