import { define, endpoint, methods, operations } from "../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(operations.listChatFolders, async ({ services, principal }) => {
    return { folders: await services.chats.folders.list(principal) };
  }),
  POST: endpoint(operations.createChatFolder, ({ services, principal, body, request }) => {
    return services.chats.folders.create(principal, body, request.headers.get("idempotency-key"));
  }),
}));
