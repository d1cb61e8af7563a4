import { define, endpoint, methods, operations } from "../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(operations.listAliases, async ({ services, principal }) => ({
    aliases: await services.nodes.aliases.list(principal),
  })),
}));
