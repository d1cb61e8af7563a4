import { define, endpoint, methods, operations } from "../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  POST: endpoint(operations.pinModel, ({ services, principal, body }) => {
    return services.models.pins.pin(principal, body);
  }),
  DELETE: endpoint(operations.unpinModel, ({ services, principal, query }) => {
    return services.models.pins.unpin(principal, query, query.digest);
  }),
}));
