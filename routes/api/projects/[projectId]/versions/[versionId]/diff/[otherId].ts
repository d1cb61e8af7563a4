import { define, endpoint, methods, operations } from "../../../../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(operations.versionDiff, async ({ services, principal, param }) => {
    const files = await services.studio.diff(
      principal,
      param("projectId"),
      param("versionId"),
      param("otherId"),
    );
    return { files };
  }),
}));
