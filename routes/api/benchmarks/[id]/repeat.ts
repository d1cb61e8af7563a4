import { define, endpoint, methods, operations } from "../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  POST: endpoint(operations.repeatBenchmark, ({ services, principal, param, request }) => {
    return services.benchmarks.repeat(principal, param("id"), request.headers.get("idempotency-key"));
  }),
}));
