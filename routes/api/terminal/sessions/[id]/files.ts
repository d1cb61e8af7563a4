import { define, endpoint, methods, operations, visitorOf } from "../../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(
    operations.terminalFolder,
    (call) => call.services.terminals.folder(visitorOf(call), call.param("id")),
  ),
}));
