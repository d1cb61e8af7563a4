import { define, endpoint, methods, operations } from "../../../../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  POST: endpoint(operations.continueMessage, ({ services, principal, param }) => {
    return services.chats.conversation.continue(principal, param("id"), param("messageId"));
  }),
}));
