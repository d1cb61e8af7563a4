import { define, endpoint, methods, operations, readBytes, readMultipart } from "../../../lib/app/mod.ts";
import { FreshetError } from "../../../lib/shared/mod.ts";
import { collectFolder, type ImportedProject, unzipProject } from "../../../lib/studio/mod.ts";

export const handler = define.handlers(methods({
  POST: endpoint(operations.importProject, async ({ services, principal, query, request }) => {
    const { files, skipped } = await importedOf(request, operations.importProject.maxBytes ?? 0);
    const name = query.name ?? "Imported project";
    return { ...await services.studio.import(principal, { name, files }), skipped };
  }),
}));

async function importedOf(request: Request, maxBytes: number): Promise<ImportedProject> {
  const mediaType = request.headers.get("content-type")?.toLowerCase() ?? "";
  if (/^application\/(zip|x-zip-compressed)\b/.test(mediaType)) {
    return unzipProject(await readBytes(request, maxBytes));
  }
  if (!mediaType.startsWith("multipart/form-data")) {
    throw new FreshetError(
      "unsupported_media",
      "Send a ZIP as application/zip, or files as multipart/form-data",
    );
  }
  const form = await readMultipart(request, maxBytes);
  const entries = [...form].flatMap(([path, file]) => file instanceof File ? { path, file } : []);
  return collectFolder(
    await Promise.all(entries.map(async ({ path, file }) => ({
      path,
      bytes: new Uint8Array(await file.arrayBuffer()),
    }))),
  );
}
