import { define, endpoint, methods, operations } from "../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(operations.health, ({ services }) => ({ status: "ok", activeRuns: services.runs.active })),
}));
