import { define, endpoint, methods, operations } from "../../../../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  POST: endpoint(operations.regenerateMessage, ({ services, principal, param }) => {
    return services.chats.conversation.regenerate(principal, param("id"), param("messageId"));
  }),
}));
