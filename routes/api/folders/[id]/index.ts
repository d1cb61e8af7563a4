import { define, endpoint, methods, operations } from "../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  DELETE: endpoint(operations.removeFolder, ({ services, principal, param }) => {
    return services.files.folders.remove(principal, param("id"));
  }),
}));
