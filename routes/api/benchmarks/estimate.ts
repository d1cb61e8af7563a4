import { define, endpoint, methods, operations } from "../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  POST: endpoint(operations.estimateBenchmark, ({ services, principal, body }) => {
    return services.benchmarks.estimate(principal, body);
  }),
}));
