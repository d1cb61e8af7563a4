import { define, endpoint, methods, operations, readBytes } from "../../../lib/app/mod.ts";
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
  const mediaType = request.headers.get("content-type") ?? "";
  if (!mediaType.toLowerCase().startsWith("multipart/form-data")) {
    throw new FreshetError("unsupported_media", "The file has to be sent as multipart/form-data");
  }
  const body = await readBytes(request, maxBytes) as Uint8Array<ArrayBuffer>;
  const form = await new Response(body, { headers: { "content-type": mediaType } }).formData().catch(
    (cause) => {
      throw new FreshetError("invalid_request", "Cannot parse the body as multipart/form-data", { cause });
    },
  );
  const file = form.get("file");
  if (file instanceof File) return file;
  throw new FreshetError("invalid_request", "The form has no file in the field `file`", { field: "file" });
}
