import { define, endpoint, methods, operations } from "../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(operations.showModelDigests, ({ services, principal, query }) => {
    return services.models.digestsOf(principal, query);
  }),
}));
