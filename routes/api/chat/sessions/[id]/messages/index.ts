import { define, endpoint, methods, operations } from "../../../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(operations.listMessages, ({ services, principal, param, query }) => {
    return services.chats.messages.page(principal, param("id"), query.before, query.limit);
  }),
  POST: endpoint(operations.sendMessage, ({ services, principal, param, body, request }) => {
    const idempotencyKey = request.headers.get("idempotency-key");
    return services.chats.conversation.send(principal, param("id"), body, idempotencyKey);
  }),
}));
