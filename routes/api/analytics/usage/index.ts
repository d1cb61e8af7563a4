import {
  define,
  endpoint,
  labelled,
  methods,
  operations,
  periodOf,
  usageOwner,
  zoneOf,
} from "../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(operations.usage, async ({ services, principal, query, request }) => {
    const { dimension, value, profile, ...period } = query;
    const owner = await usageOwner(services, principal, profile);
    const only = dimension === undefined ? undefined : { dimension, value: value ?? "" };
    await services.ledger.flush();
    const asked = periodOf(period, services.clock.now(), zoneOf(request));
    const report = await services.usage.report(owner, asked, only);
    return await labelled(services, owner, report);
  }),
}));
