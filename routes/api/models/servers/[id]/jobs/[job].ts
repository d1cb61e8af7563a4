import { define, endpoint, methods, operations } from "../../../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(operations.showBackendJob, ({ services, principal, param }) => {
    return services.models.servers.backendJob(principal, param("id"), param("job"));
  }),
}));
