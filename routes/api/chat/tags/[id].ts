import { define, endpoint, methods, operations } from "../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  PATCH: endpoint(operations.renameChatTag, ({ services, principal, param, body }) => {
    return services.chats.tags.rename(principal, param("id"), body.name);
  }),
  DELETE: endpoint(operations.deleteChatTag, ({ services, principal, param }) => {
    return services.chats.tags.delete(principal, param("id"));
  }),
}));
