import { define, endpoint, methods, operations } from "../../../lib/app/mod.ts";
import { FreshetError } from "../../../lib/shared/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(operations.getAttachment, async ({ services, principal, param }) => {
    const { attachments } = services.chats;
    const { name, kind, mediaType } = await attachments.get(principal, param("id"));
    const bytes = await attachments.bytes(principal, param("id"));
    if (!bytes) throw new FreshetError("not_found", "There is no such file");
    // Only images are shown; whatever else a file claims to be, it is neither rendered nor run on this origin.
    const isImage = kind === "image";
    const name8 = encodeURIComponent(name.toWellFormed());
    return new Response(bytes as Uint8Array<ArrayBuffer>, {
      headers: {
        "content-type": isImage ? mediaType : "application/octet-stream",
        "content-disposition": `${isImage ? "inline" : "attachment"}; filename*=UTF-8''${name8}`,
        "content-security-policy": "default-src 'none'; sandbox",
        "cache-control": "private, max-age=31536000, immutable",
      },
    });
  }),
  DELETE: endpoint(operations.deleteAttachment, ({ services, principal, param }) => {
    return services.chats.attachments.delete(principal, param("id"));
  }),
}));
