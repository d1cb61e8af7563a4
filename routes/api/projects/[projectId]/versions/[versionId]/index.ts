import { define, endpoint, methods, operations } from "../../../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(operations.getVersion, ({ services, principal, param }) => {
    return services.studio.version(principal, param("projectId"), param("versionId"));
  }),
  PATCH: endpoint(operations.updateVersion, ({ services, principal, param, body }) => {
    return services.studio.updateVersion(principal, param("projectId"), param("versionId"), body);
  }),
}));
