import { define, endpoint, methods, operations, visitorOf } from "../../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  PATCH: endpoint(operations.renameTerminal, (call) => {
    return call.services.terminals.rename(visitorOf(call), call.param("id"), call.body.title);
  }),
  DELETE: endpoint(
    operations.closeTerminal,
    (call) => call.services.terminals.close(visitorOf(call), call.param("id")),
  ),
}));
