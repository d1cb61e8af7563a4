import { define, endpoint, methods, operations } from "../../../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  POST: endpoint(operations.processRequest, ({ services, principal, param, body }) => {
    return services.processes.request(principal, param("projectId"), param("processId"), body);
  }),
}));
