import { define, endpoint, methods, operations } from "../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(operations.listPriceVersions, async ({ services }) => ({
    versions: (await services.prices.versions())
      .map(({ prices, ...version }) => ({ ...version, count: prices.length })),
  })),
}));
