import { define, endpoint, methods, operations, visitorOf } from "../../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(operations.terminalSocket, (call) => {
    return call.services.terminals.accept(visitorOf(call), call.param("id"), call.query.after, call.request);
  }),
}));
