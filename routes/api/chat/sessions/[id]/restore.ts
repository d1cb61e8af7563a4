import { define, endpoint, methods, operations } from "../../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  POST: endpoint(operations.restoreChat, ({ services, principal, param }) => {
    return services.chats.restore(principal, param("id"));
  }),
}));
