import { define, endpoint, methods, operations } from "../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  POST: endpoint(operations.createBranch, ({ services, principal, param, body }) => {
    return services.studio.branch(principal, param("projectId"), body);
  }),
}));
