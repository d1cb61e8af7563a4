import { define, endpoint, methods, operations } from "../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(operations.showModelBase, ({ services, principal, query }) => {
    return services.models.configs.base(principal, query);
  }),
}));
