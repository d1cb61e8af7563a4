import { define, endpoint, methods, operations } from "../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  POST: endpoint(operations.moveEntry, ({ services, principal, param, body }) => {
    const from = { folderId: param("id"), path: body.from };
    const to = { folderId: body.toFolderId ?? from.folderId, path: body.to };
    return services.files.move(principal, from, to);
  }),
}));
