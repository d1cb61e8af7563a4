import { define, endpoint, methods, operations } from "../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(operations.listQueue, ({ services, principal }) => ({
    queue: services.nodes.dispatcher.scheduler.queued(principal.profileId),
  })),
}));
