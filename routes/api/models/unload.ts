import { define, endpoint, methods, operations } from "../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  POST: endpoint(operations.unloadModel, ({ services, principal, body }) => {
    return services.models.unload(principal, body);
  }),
}));
