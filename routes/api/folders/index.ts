import { define, endpoint, methods, operations } from "../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(operations.listFolders, async ({ services, principal }) => ({
    folders: await services.files.folders.list(principal),
  })),
  POST: endpoint(operations.addFolder, ({ services, principal, body }) => {
    return services.files.folders.add(principal, body);
  }),
}));
