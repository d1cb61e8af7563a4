import { define, endpoint, methods, operations } from "../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(operations.listBackups, ({ services, principal }) => services.backups.view(principal)),
  POST: endpoint(operations.createBackup, ({ services, principal, body, request }) => {
    const idempotencyKey = request.headers.get("idempotency-key");
    return services.backups.create(principal, { ...body, idempotencyKey });
  }),
}));
