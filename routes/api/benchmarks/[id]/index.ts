import { define, endpoint, methods, operations } from "../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(operations.getBenchmark, ({ services, principal, param }) => {
    return services.benchmarks.get(principal, param("id"));
  }),
  PATCH: endpoint(operations.changeBenchmark, ({ services: { benchmarks }, principal, param, body }) => {
    return body.state === "stopped"
      ? benchmarks.stop(principal, param("id"))
      : benchmarks.resume(principal, param("id"));
  }),
  DELETE: endpoint(operations.deleteBenchmark, ({ services, principal, param }) => {
    return services.benchmarks.delete(principal, param("id"));
  }),
}));
