import { define, endpoint, methods, operations } from "../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(operations.listKeys, async ({ services, principal }) => ({
    keys: await services.apiKeys.list(principal),
  })),
  POST: endpoint(operations.createKey, ({ services, principal, body: { name, scopes, ...options } }) => {
    return services.apiKeys.create(principal, name, scopes, options);
  }),
}));
