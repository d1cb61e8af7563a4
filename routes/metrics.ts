import { define, endpoint, liveFigures, methods, operations, usageOwner } from "../lib/app/mod.ts";
import { METRICS_TYPE } from "../lib/analytics/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(operations.metrics, async ({ services, principal, query }) => {
    const owner = await usageOwner(services, principal, query.profile);
    // What is pending counts as soon as it is committed.
    await services.ledger.flush();
    const live = await liveFigures(services, owner);
    const text = await services.metrics.text(owner.profileId, live);
    return new Response(text, { headers: { "content-type": METRICS_TYPE } });
  }),
}));
