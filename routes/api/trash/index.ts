import { define, endpoint, methods, operations } from "../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(operations.listTrash, async ({ services, principal }) => ({
    trashed: await services.files.trash.list(principal),
  })),
  DELETE: endpoint(operations.emptyTrash, ({ services, principal }) => services.files.trash.empty(principal)),
}));
