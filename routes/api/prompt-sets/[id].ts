import { define, endpoint, methods, operations } from "../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(operations.getPromptSet, ({ services, principal, param }) => {
    return services.benchmarks.sets.get(principal, param("id"));
  }),
  PUT: endpoint(operations.replacePromptSet, ({ services, principal, param, body }) => {
    return services.benchmarks.sets.update(principal, param("id"), body);
  }),
  DELETE: endpoint(operations.deletePromptSet, ({ services, principal, param }) => {
    return services.benchmarks.sets.delete(principal, param("id"));
  }),
}));
