import { define, endpoint, methods, operations } from "../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(operations.listDownloads, async ({ services, principal }) => {
    return { downloads: await services.models.downloads.list(principal) };
  }),
  POST: endpoint(operations.startDownload, ({ services, principal, body }) => {
    return services.models.downloads.add(principal, body);
  }),
}));
