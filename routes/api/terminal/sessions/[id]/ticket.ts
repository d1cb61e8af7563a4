import { define, endpoint, methods, operations, visitorOf } from "../../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  POST: endpoint(
    operations.terminalTicket,
    (call) => call.services.terminals.ticket(visitorOf(call), call.param("id")),
  ),
}));
