import { define, endpoint, methods, operations } from "../../../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  DELETE: endpoint(operations.stopProcess, ({ services, principal, param }) => {
    return services.processes.stop(principal, param("projectId"), param("processId"));
  }),
}));
