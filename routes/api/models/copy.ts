import { define, endpoint, methods, operations } from "../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  POST: endpoint(operations.copyModel, ({ services, principal, body }) => {
    return services.models.copy(principal, body, body.name);
  }),
}));
