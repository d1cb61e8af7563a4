import { define, endpoint, methods, operations } from "../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(operations.compareBenchmarks, ({ services, principal, query }) => {
    return services.benchmarks.compare(principal, query.a, query.b);
  }),
}));
