import { define, endpoint, methods, operations } from "../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(operations.systemHistory, ({ services, query }) => services.monitor.history(query.range)),
}));
