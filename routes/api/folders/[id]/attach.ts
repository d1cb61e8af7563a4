import { requireScope } from "../../../../lib/access/mod.ts";
import { define, endpoint, methods, operations } from "../../../../lib/app/mod.ts";
import { ATTACHMENT_MAX_BYTES } from "../../../../lib/chats/mod.ts";

export const handler = define.handlers(methods({
  POST: endpoint(operations.attachFile, async ({ services, principal, param, body }) => {
    requireScope(principal, "chat");
    const { name, bytes } = await services.files.read(
      principal,
      param("id"),
      body.path,
      ATTACHMENT_MAX_BYTES,
    );
    return await services.chats.attachments.create(principal, { name, mediaType: "", bytes });
  }),
}));
