import {
  define,
  endpoint,
  eventResponse,
  methods,
  operations,
  usageEvents,
  usageOwner,
} from "../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(operations.usageEvents, async ({ services, principal, query }) => {
    const owner = await usageOwner(services, principal, query.profile);
    return eventResponse(services, principal, (signal) => usageEvents(services, owner, signal));
  }),
}));
