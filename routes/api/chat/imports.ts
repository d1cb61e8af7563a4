import { define, endpoint, methods, operations, uploadedFile } from "../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  POST: endpoint(operations.importChats, async ({ services, principal, request }) => {
    const file = await uploadedFile(request, operations.importChats.maxBytes ?? 0);
    return await services.chats.transfers.importAll(principal, file);
  }),
}));
