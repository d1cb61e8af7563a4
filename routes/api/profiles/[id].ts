import { define, endpoint, methods, operations } from "../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  PATCH: endpoint(operations.updateProfile, ({ services, principal, param, body }) => {
    return services.profiles.update(principal, param("id"), body);
  }),
  DELETE: endpoint(operations.deleteProfile, ({ services, principal, param }) => {
    return services.profiles.delete(principal, param("id"));
  }),
}));
