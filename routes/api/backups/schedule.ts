import { define, endpoint, methods, operations } from "../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(operations.backupSchedule, async ({ services, principal }) => {
    return (await services.backups.view(principal)).schedule;
  }),
  PUT: endpoint(operations.setBackupSchedule, ({ services, principal, body }) => {
    return services.backups.setSchedule(principal, body);
  }),
}));
