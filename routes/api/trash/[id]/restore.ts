import { define, endpoint, methods, operations } from "../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  POST: endpoint(operations.restoreTrashed, ({ services, principal, param }) => {
    return services.files.trash.restore(principal, param("id"));
  }),
}));
