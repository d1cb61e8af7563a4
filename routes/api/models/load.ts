import { define, endpoint, methods, operations } from "../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  POST: endpoint(operations.loadModel, ({ services, principal, body }) => {
    return services.models.load(principal, body, body.keepAlive);
  }),
}));
