import { define, endpoint, methods, operations } from "../../../lib/app/mod.ts";

/** ms after which counting ends. */
const COUNT_MS = 5_000;

export const handler = define.handlers(methods({
  GET: endpoint(operations.backupFilesSize, ({ services, principal }) => {
    return services.backups.measureFiles(principal, COUNT_MS);
  }),
}));
