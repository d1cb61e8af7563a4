import { define, endpoint, methods, operations } from "../../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  PATCH: endpoint(operations.updateChatFolder, ({ services, principal, param, body }) => {
    return services.chats.folders.update(principal, param("id"), body);
  }),
  DELETE: endpoint(operations.deleteChatFolder, ({ services, principal, param }) => {
    return services.chats.folders.delete(principal, param("id"));
  }),
}));
