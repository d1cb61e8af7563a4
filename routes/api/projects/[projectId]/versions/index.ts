import { define, endpoint, methods, operations } from "../../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(operations.listVersions, async ({ services, principal, param }) => {
    return (await services.studio.page(principal, param("projectId"))).versions;
  }),
  POST: endpoint(operations.createVersion, ({ services, principal, param, body, request }) => {
    const idempotencyKey = request.headers.get("idempotency-key");
    return services.studio.createVersion(principal, param("projectId"), body, idempotencyKey);
  }),
}));
