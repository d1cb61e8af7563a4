import { define, endpoint, methods, operations } from "../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  DELETE: endpoint(operations.cancelQueued, ({ services, principal, param }) => {
    services.nodes.cancelQueued(principal, param("callId"));
  }),
}));
