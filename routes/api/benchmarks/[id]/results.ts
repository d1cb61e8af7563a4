import { define, endpoint, methods, operations } from "../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(operations.benchmarkResults, ({ services, principal, param, query }) => {
    return services.benchmarks.results(principal, param("id"), query);
  }),
}));
