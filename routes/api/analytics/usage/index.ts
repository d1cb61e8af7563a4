import { define, endpoint, labelled, methods, operations, periodOf } from "../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(operations.usage, async ({ services, principal, query }) => {
    const { dimension, value, ...period } = query;
    const only = dimension === undefined ? undefined : { dimension, value: value ?? "" };
    await services.ledger.flush();
    const report = await services.usage.report(principal, periodOf(period, services.clock.now()), only);
    return await labelled(services, principal, report);
  }),
}));
