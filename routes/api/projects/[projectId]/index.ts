import { define, endpoint, methods, operations } from "../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(operations.getProject, ({ services, principal, param }) => {
    return services.studio.page(principal, param("projectId"));
  }),
  PATCH: endpoint(operations.updateProject, ({ services, principal, param, body }) => {
    return services.studio.update(principal, param("projectId"), body);
  }),
  DELETE: endpoint(operations.deleteProject, ({ services, principal, param }) => {
    return services.studio.delete(principal, param("projectId"));
  }),
}));
