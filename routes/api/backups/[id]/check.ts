import { define, endpoint, methods, operations } from "../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  POST: endpoint(operations.checkBackup, ({ services, principal, param, body: { password } }) => {
    return services.backups.check(principal, param("id"), password);
  }),
}));
