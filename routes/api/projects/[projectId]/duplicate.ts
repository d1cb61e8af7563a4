import { define, endpoint, methods, operations } from "../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  POST: endpoint(operations.duplicateProject, ({ services, principal, param }) => {
    return services.studio.duplicate(principal, param("projectId"));
  }),
}));
