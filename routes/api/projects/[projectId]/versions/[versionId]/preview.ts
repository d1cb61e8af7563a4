import { define, endpoint, methods, operations } from "../../../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(operations.versionPreview, ({ services, principal, param, request }) => {
    const { origin } = new URL(request.url);
    return services.previews.address(principal, param("projectId"), param("versionId"), origin);
  }),
}));
