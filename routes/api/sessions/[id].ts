import { define, endpoint, methods, operations } from "../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  DELETE: endpoint(operations.revokeSession, ({ services, principal, param }) => {
    return services.sessions.revoke(principal, param("id"));
  }),
}));
