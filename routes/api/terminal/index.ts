import { define, endpoint, methods, operations, visitorOf } from "../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(operations.getTerminal, (call) => call.services.terminals.state(visitorOf(call))),
}));
