import { define, endpoint, methods, operations, visitorOf } from "../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(
    operations.listTerminalFavourites,
    (call) => call.services.terminals.favourites(visitorOf(call)),
  ),
  POST: endpoint(operations.addTerminalFavourite, (call) => {
    return call.services.terminals.addFavourite(visitorOf(call), call.body.command);
  }),
}));
