import { define, endpoint, methods, operations } from "../../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  POST: endpoint(operations.loadWithSettings, ({ services, principal, param, body }) => {
    return services.models.servers.load(principal, param("id"), body.model, body.settings);
  }),
}));
