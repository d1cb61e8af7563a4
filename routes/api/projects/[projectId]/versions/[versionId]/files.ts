import { define, endpoint, methods, operations } from "../../../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(operations.versionFiles, ({ services, principal, param }) => {
    return services.studio.files(principal, param("projectId"), param("versionId"));
  }),
}));
