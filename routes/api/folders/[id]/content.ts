import { define, endpoint, methods, operations } from "../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(operations.readContent, ({ services, principal, param, query, request }) => {
    const options = { inline: query.inline === "1", headers: request.headers };
    return services.files.download(principal, param("id"), query.path, options);
  }),
  PUT: endpoint(operations.writeContent, ({ services, principal, param, query, request }) => {
    return services.files.write(principal, param("id"), query.path, {
      body: request.body,
      replace: query.replace === "1",
      version: query.version,
      signal: request.signal,
    });
  }),
}));
