import { define, endpoint, methods, operations } from "../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(operations.listBenchmarks, async ({ services, principal }) => {
    return { benchmarks: await services.benchmarks.list(principal) };
  }),
  POST: endpoint(operations.createBenchmark, ({ services, principal, body, request }) => {
    return services.benchmarks.create(principal, body, request.headers.get("idempotency-key"));
  }),
}));
