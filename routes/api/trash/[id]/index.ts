import { define, endpoint, methods, operations } from "../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  DELETE: endpoint(operations.deleteTrashed, ({ services, principal, param }) => {
    return services.files.trash.remove(principal, param("id"));
  }),
}));
