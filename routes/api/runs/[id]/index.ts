import { define, endpoint, methods, operations } from "../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(
    operations.getRun,
    ({ services, principal, param }) => services.runs.snapshot(principal, param("id")),
  ),
}));
