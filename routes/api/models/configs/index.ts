import { define, endpoint, methods, operations } from "../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(operations.listModelConfigs, async ({ services, principal }) => {
    return { configs: await services.models.configs.list(principal) };
  }),
  POST: endpoint(operations.saveModelConfig, ({ services, principal, body }) => {
    return services.models.configs.save(principal, body);
  }),
}));
