import { define, endpoint, methods, operations } from "../../../../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(operations.getMessage, ({ services, principal, param }) => {
    return services.chats.messages.get(principal, param("id"), param("messageId"));
  }),
  PATCH: endpoint(operations.updateMessage, ({ services, principal, param, body }) => {
    return services.chats.messages.update(principal, param("id"), param("messageId"), body.text);
  }),
  DELETE: endpoint(operations.deleteMessage, ({ services, principal, param }) => {
    return services.chats.messages.delete(principal, param("id"), param("messageId"));
  }),
}));
