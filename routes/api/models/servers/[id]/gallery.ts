import { define, endpoint, methods, operations } from "../../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(operations.searchGallery, ({ services, principal, param, query }) => {
    return services.models.servers.gallery(principal, param("id"), query.q);
  }),
}));
