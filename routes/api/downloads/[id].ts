import { define, endpoint, methods, operations } from "../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  PATCH: endpoint(operations.changeDownload, ({ services, principal, param, body }) => {
    const { downloads } = services.models;
    return body.state === "paused"
      ? downloads.pause(principal, param("id"))
      : downloads.resume(principal, param("id"));
  }),
  DELETE: endpoint(operations.deleteDownload, ({ services, principal, param }) => {
    return services.models.downloads.remove(principal, param("id"));
  }),
}));
