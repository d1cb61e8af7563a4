import { define, endpoint, methods, operations, visitorOf } from "../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(
    operations.listTerminalAudit,
    (call) => call.services.terminals.audited(visitorOf(call), call.query),
  ),
}));
