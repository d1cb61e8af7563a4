import { define, endpoint, methods, operations, visitorOf } from "../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(
    operations.listTerminalCommands,
    (call) => call.services.terminals.commands(visitorOf(call), call.query),
  ),
  DELETE: endpoint(
    operations.clearTerminalCommands,
    (call) => call.services.terminals.forget(visitorOf(call)),
  ),
}));
