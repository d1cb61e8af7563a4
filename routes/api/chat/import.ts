import { define, endpoint, methods, operations } from "../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  POST: endpoint(
    operations.importChat,
    ({ services, principal, body }) => services.chats.transfers.import(principal, body),
  ),
}));
