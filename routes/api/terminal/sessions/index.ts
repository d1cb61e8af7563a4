import { define, endpoint, methods, operations, visitorOf } from "../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(operations.listTerminals, (call) => call.services.terminals.list(visitorOf(call))),
  POST: endpoint(operations.openTerminal, (call) => call.services.terminals.open(visitorOf(call), call.body)),
}));
