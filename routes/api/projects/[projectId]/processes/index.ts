import { define, endpoint, methods, operations } from "../../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(operations.listProcesses, ({ services, principal, param }) => {
    return services.processes.list(principal, param("projectId"));
  }),
  POST: endpoint(operations.startProcess, ({ services, principal, param, body }) => {
    return services.processes.start(principal, param("projectId"), body.versionId);
  }),
}));
