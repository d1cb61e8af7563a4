import {
  define,
  endpoint,
  labelledParts,
  methods,
  operations,
  periodOf,
  usageOwner,
  zoneOf,
} from "../../../../lib/app/mod.ts";
import { FreshetError, USAGE_DIMENSIONS } from "../../../../lib/shared/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(operations.usageParts, async ({ services, principal, param, query, request }) => {
    const { limit = 100, profile, ...rest } = query;
    const owner = await usageOwner(services, principal, profile);
    const dimension = USAGE_DIMENSIONS.find((dimension) => dimension === param("dimension"));
    if (!dimension) throw new FreshetError("not_found", "Usage is not told apart by that");
    const { usage, ledger, clock } = services;
    const period = periodOf(rest, clock.now(), zoneOf(request));
    await ledger.flush();
    const parts = dimension === "chat" || dimension === "project"
      ? await usage.pages(owner, period, dimension, limit)
      : (await usage.report(owner, period)).parts[dimension]?.slice(0, limit) ?? [];
    return { parts: await labelledParts(services, owner, dimension, parts) };
  }),
}));
