import { define, endpoint, methods, operations } from "../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(operations.getPrices, ({ services: { prices }, query: { version } }) => {
    return version === undefined ? prices.current() : prices.get(version);
  }),
  PUT: endpoint(
    operations.setPrices,
    ({ services, principal, body }) => services.prices.set(principal, body),
  ),
  DELETE: endpoint(operations.resetPrices, ({ services, principal, query }) => {
    return services.prices.reset(principal, query.version);
  }),
}));
