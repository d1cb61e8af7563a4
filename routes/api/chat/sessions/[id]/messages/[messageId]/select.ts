import { define, endpoint, methods, operations } from "../../../../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  POST: endpoint(operations.selectMessage, ({ services, principal, param }) => {
    return services.chats.messages.select(principal, param("id"), param("messageId"));
  }),
}));
