import { define, endpoint, methods, operations } from "../../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(
    operations.getChat,
    ({ services, principal, param }) => services.chats.get(principal, param("id")),
  ),
  PATCH: endpoint(operations.updateChat, ({ services, principal, param, body }) => {
    return services.chats.update(principal, param("id"), body);
  }),
  DELETE: endpoint(operations.deleteChat, ({ services, principal, param }) => {
    return services.chats.delete(principal, param("id"));
  }),
}));
