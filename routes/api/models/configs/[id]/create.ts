import { define, endpoint, methods, operations } from "../../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  POST: endpoint(operations.createModelConfig, ({ services, principal, param, body }) => {
    return services.models.configs.create(principal, param("id"), body.number, body.nodeIds);
  }),
}));
