import { define, endpoint, methods, operations } from "../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(operations.listProjects, ({ services, principal, query }) => {
    const { q, ...page } = query;
    return services.studio.list(principal, { ...page, ...(q === undefined ? {} : { query: q }) });
  }),
  POST: endpoint(operations.createProject, ({ services, principal, body, request }) => {
    return services.studio.create(principal, body, request.headers.get("idempotency-key"));
  }),
}));
