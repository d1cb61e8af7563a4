import { define, endpoint, methods, operations } from "../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  POST: endpoint(operations.searchOnline, ({ services, principal, body }) => {
    return services.models.online.search(principal, body.source, body.query);
  }),
}));
