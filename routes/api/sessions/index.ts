import { define, endpoint, methods, operations } from "../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(operations.listSessions, async ({ services, principal }) => ({
    sessions: await services.sessions.list(principal),
  })),
  DELETE: endpoint(operations.revokeOtherSessions, ({ services, principal }) => {
    return services.sessions.revokeOthers(principal);
  }),
}));
