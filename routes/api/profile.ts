import { define, endpoint, methods, operations } from "../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(operations.getOwnProfile, ({ services, principal }) => services.profiles.own(principal)),
  PATCH: endpoint(operations.updateOwnProfile, ({ services, principal, body }) => {
    return services.profiles.updateOwn(principal, body);
  }),
}));
