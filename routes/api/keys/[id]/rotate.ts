import { define, endpoint, methods, operations } from "../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  POST: endpoint(operations.rotateKey, ({ services, principal, param }) => {
    return services.apiKeys.rotate(principal, param("id"));
  }),
}));
