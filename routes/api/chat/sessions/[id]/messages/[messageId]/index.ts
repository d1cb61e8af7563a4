import { define, endpoint, methods, operations } from "../../../../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  DELETE: endpoint(operations.deleteMessage, ({ services, principal, param }) => {
    return services.chats.deleteMessage(principal, param("id"), param("messageId"));
  }),
}));
