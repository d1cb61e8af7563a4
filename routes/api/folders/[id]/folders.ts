import { define, endpoint, methods, operations } from "../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  POST: endpoint(operations.makeFolder, ({ services, principal, param, body }) => {
    return services.files.makeFolder(principal, param("id"), body.path);
  }),
}));
