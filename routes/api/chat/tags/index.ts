import { define, endpoint, methods, operations } from "../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(operations.listChatTags, async ({ services, principal }) => {
    return { tags: await services.chats.tags.list(principal) };
  }),
  POST: endpoint(operations.createChatTag, ({ services, principal, body }) => {
    return services.chats.tags.create(principal, body.name);
  }),
}));
