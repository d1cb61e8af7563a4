import { define, endpoint, methods, operations } from "../../../lib/app/mod.ts";
import { rebuildRollups } from "../../../lib/analytics/mod.ts";

export const handler = define.handlers(methods({
  POST: endpoint(operations.rebuildUsage, async ({ services, principal }) => {
    await services.ledger.flush();
    return { rows: await rebuildRollups(services.store, principal.profileId, services.closing) };
  }),
}));
