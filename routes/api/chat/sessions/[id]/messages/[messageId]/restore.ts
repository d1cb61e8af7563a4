import { define, endpoint, methods, operations } from "../../../../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  POST: endpoint(operations.restoreMessage, ({ services, principal, param }) => {
    return services.chats.messages.restore(principal, param("id"), param("messageId"));
  }),
}));
