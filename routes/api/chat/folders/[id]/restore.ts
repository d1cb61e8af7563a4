import { define, endpoint, methods, operations } from "../../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  POST: endpoint(operations.restoreChatFolder, ({ services, principal, param }) => {
    return services.chats.folders.restore(principal, param("id"));
  }),
}));
