import { define, endpoint, methods, operations } from "../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(operations.systemThresholds, async ({ services, principal }) => ({
    thresholds: await services.monitor.thresholds.list(principal),
  })),
  PUT: endpoint(operations.setSystemThresholds, async ({ services, principal, body }) => ({
    thresholds: await services.monitor.thresholds.set(principal, body.thresholds),
  })),
}));
