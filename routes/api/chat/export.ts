import { define, endpoint, methods, operations } from "../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(operations.exportChats, ({ services, principal }) => {
    const day = new Date().toISOString().slice(0, 10);
    const chats = ReadableStream.from(services.chats.transfers.exportAll(principal));
    return new Response(chats.pipeThrough(new TextEncoderStream()), {
      headers: {
        "content-type": "application/json",
        "content-disposition": `attachment; filename="freshet-chats-${day}.json"`,
        "cache-control": "no-store",
      },
    });
  }),
}));
