import { define, endpoint, methods, operations } from "../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(operations.downloadBackup, async ({ services, principal, param }) => {
    const { info, content } = await services.backups.open(principal, param("id"));
    return new Response(content, {
      headers: {
        "content-type": "application/zip",
        "content-length": String(info.size),
        "content-disposition": `attachment; filename="${info.id}"`,
        "cache-control": "no-store",
      },
    });
  }),
  DELETE: endpoint(
    operations.deleteBackup,
    ({ services, principal, param }) => services.backups.delete(principal, param("id")),
  ),
}));
