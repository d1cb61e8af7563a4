import { define, endpoint, methods, operations, visitorOf } from "../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  PATCH: endpoint(
    operations.updateTerminalSetting,
    (call) => call.services.terminals.configure(visitorOf(call), call.body),
  ),
}));
