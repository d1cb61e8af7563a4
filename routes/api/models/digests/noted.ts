import { define, endpoint, methods, operations } from "../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  POST: endpoint(operations.noteModelChange, ({ services, principal, body }) => {
    return services.models.noteChange(principal, body, body.changedAt);
  }),
}));
