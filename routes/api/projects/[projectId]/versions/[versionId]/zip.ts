import { define, endpoint, methods, operations } from "../../../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(operations.versionZip, async ({ services, principal, param }) => {
    const { name, bytes } = await services.studio.zip(principal, param("projectId"), param("versionId"));
    return new Response(bytes, {
      headers: {
        "content-type": "application/zip",
        "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(name.toWellFormed())}`,
        "cache-control": "private, no-cache",
      },
    });
  }),
}));
