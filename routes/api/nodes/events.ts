import { define, endpoint, eventResponse, methods, nodeEvents, operations } from "../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(operations.nodeEvents, ({ services, principal }) => {
    return eventResponse(services, principal, (signal) => nodeEvents(services, principal, signal));
  }),
}));
