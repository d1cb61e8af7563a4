import { define, endpoint, methods, operations } from "../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  POST: endpoint(
    operations.cancelRun,
    ({ services, principal, param }) => services.runs.cancel(principal, param("id")),
  ),
}));
