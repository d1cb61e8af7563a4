import { define, endpoint, methods, operations } from "../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(operations.listModelServers, async ({ services, principal }) => {
    return { servers: await services.models.servers.list(principal) };
  }),
}));
