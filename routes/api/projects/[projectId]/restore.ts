import { define, endpoint, methods, operations } from "../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  POST: endpoint(operations.restoreProject, ({ services, principal, param }) => {
    return services.studio.restoreProject(principal, param("projectId"));
  }),
}));
