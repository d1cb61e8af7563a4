import { define, endpoint, methods, operations } from "../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  PUT: endpoint(operations.setAlias, ({ services, principal, param, body }) => {
    return services.nodes.aliases.set(principal, param("name"), body.models);
  }),
  DELETE: endpoint(operations.deleteAlias, async ({ services, principal, param }) => {
    await services.nodes.aliases.delete(principal, param("name"));
  }),
}));
