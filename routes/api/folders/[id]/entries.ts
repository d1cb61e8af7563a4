import { define, endpoint, methods, operations } from "../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(operations.listEntries, ({ services, principal, param, query }) => {
    return services.files.list(principal, param("id"), query.path);
  }),
  DELETE: endpoint(operations.deleteEntry, ({ services, principal, param, query }) => {
    return services.files.remove(principal, param("id"), query.path);
  }),
}));
