import { define, endpoint, methods, operations } from "../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(operations.system, ({ services, principal }) => services.monitor.view(principal)),
}));
