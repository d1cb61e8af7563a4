import { define, endpoint, methods, operations } from "../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(operations.previewFile, ({ services, principal, param, query }) => {
    const options = { documents: query.documents !== "0" };
    return services.files.preview(principal, param("id"), query.path, options);
  }),
}));
