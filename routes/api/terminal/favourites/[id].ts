import { define, endpoint, methods, operations, visitorOf } from "../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  DELETE: endpoint(
    operations.deleteTerminalFavourite,
    (call) => call.services.terminals.deleteFavourite(visitorOf(call), call.param("id")),
  ),
}));
