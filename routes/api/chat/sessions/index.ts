import { define, endpoint, methods, operations } from "../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(operations.listChats, ({ services, principal, query }) => {
    return services.chats.list(principal, query.cursor, query.limit, query);
  }),
  POST: endpoint(operations.createChat, ({ services, principal, body, request }) => {
    return services.chats.create(principal, body, request.headers.get("idempotency-key"));
  }),
}));
