import { define, endpoint, methods, operations } from "../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(operations.searchChats, async ({ services, principal, query, request }) => {
    return { hits: await services.chats.search(principal, query.q, request.signal, query) };
  }),
}));
