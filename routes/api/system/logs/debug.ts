import { define, endpoint, methods, operations } from "../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  PUT: endpoint(operations.setDebugMode, ({ services, body }) => services.logging.debug.set(body.minutes)),
}));
