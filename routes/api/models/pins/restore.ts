import { define, endpoint, methods, operations } from "../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  POST: endpoint(operations.restorePinnedModel, ({ services, principal, body }) => {
    return services.models.pins.goBack(principal, body, body.digest, body.keepCurrent ?? true);
  }),
}));
