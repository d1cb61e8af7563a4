import { define, endpoint, methods, operations } from "../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(operations.showModel, ({ services, principal, query }) => {
    return services.models.details(principal, query);
  }),
}));
