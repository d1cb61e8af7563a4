import { define, endpoint, methods, operations } from "../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(operations.projectMessages, ({ services, principal, param }) => {
    return services.studio.messages(principal, param("projectId"));
  }),
  POST: endpoint(operations.createProjectMessage, ({ services, principal, param, body, request }) => {
    const prompt = { origin: "prompt" as const, ...body };
    const idempotencyKey = request.headers.get("idempotency-key");
    return services.studio.createVersion(principal, param("projectId"), prompt, idempotencyKey);
  }),
}));
