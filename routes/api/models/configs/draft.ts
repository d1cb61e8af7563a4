import { define, endpoint, methods, operations } from "../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(operations.draftModelConfig, ({ services, principal, query }) => {
    return services.models.configs.draft(principal, query);
  }),
}));
