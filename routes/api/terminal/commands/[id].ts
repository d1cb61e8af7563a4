import { define, endpoint, methods, operations, visitorOf } from "../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  DELETE: endpoint(
    operations.deleteTerminalCommand,
    (call) => call.services.terminals.forget(visitorOf(call), call.param("id")),
  ),
}));
