import { define, endpoint, methods, operations } from "../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(
    operations.listProfiles,
    async ({ services }) => ({ profiles: await services.profiles.list() }),
  ),
  POST: endpoint(operations.createProfile, ({ services, principal, body, request }) => {
    return services.profiles.create(principal, body, request.headers.get("idempotency-key"));
  }),
}));
