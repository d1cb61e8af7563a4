import { define, endpoint, methods, operations } from "../../../../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(operations.getMessage, ({ services, principal, param }) => {
    return services.chats.message(principal, param("id"), param("messageId"));
  }),
  PATCH: endpoint(operations.updateMessage, ({ services, principal, param, body }) => {
    return services.chats.updateMessage(principal, param("id"), param("messageId"), body.text);
  }),
  DELETE: endpoint(operations.deleteMessage, ({ services, principal, param }) => {
    return services.chats.deleteMessage(principal, param("id"), param("messageId"));
  }),
}));
