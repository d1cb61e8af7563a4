import { define, endpoint, methods, operations, readMultipart } from "../../../lib/app/mod.ts";
import { FreshetError } from "../../../lib/shared/mod.ts";

export const handler = define.handlers(methods({
  POST: endpoint(operations.createAttachment, async ({ services, principal, request }) => {
    const file = await fileOf(request, operations.createAttachment.maxBytes ?? 0);
    const bytes = new Uint8Array(await file.arrayBuffer());
    return await services.chats.attachments.create(principal, {
      name: file.name,
      mediaType: file.type,
      bytes,
    });
  }),
}));

async function fileOf(request: Request, maxBytes: number): Promise<File> {
  const file = (await readMultipart(request, maxBytes)).get("file");
  if (file instanceof File) return file;
  throw new FreshetError("invalid_request", "The form has no file in the field `file`", { field: "file" });
}
