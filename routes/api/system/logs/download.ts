import { define, endpoint, methods, operations } from "../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(operations.downloadLogs, ({ services: { logging, clock }, query }) => {
    const lines = logging.book.latest(query).map((line) => {
      return JSON.stringify({ ...line, at: new Date(line.at).toISOString() });
    });
    const name = `freshet-log-${
      new Date(clock.now()).toISOString().slice(0, 19).replaceAll(":", "-")
    }.ndjson`;
    return new Response(lines.map((line) => `${line}\n`).join(""), {
      headers: {
        "content-type": "application/x-ndjson; charset=utf-8",
        "content-disposition": `attachment; filename="${name}"`,
        "cache-control": "no-store",
      },
    });
  }),
}));
