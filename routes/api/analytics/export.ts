import { define, endpoint, methods, operations, periodOf, usageOwner } from "../../../lib/app/mod.ts";
import { csvOf, jsonOf } from "../../../lib/analytics/mod.ts";

const TYPES = { csv: "text/csv; charset=utf-8", json: "application/json" } as const;

export const handler = define.handlers(methods({
  GET: endpoint(operations.exportUsage, async ({ services, principal, query }) => {
    const { format = "csv", profile, ...rest } = query;
    const owner = await usageOwner(services, principal, profile);
    const { ledger, clock } = services;
    const period = periodOf(rest, clock.now());
    await ledger.flush();
    const rows = ledger.rows(owner, period);
    const texts = format === "csv" ? csvOf(rows) : jsonOf(rows);
    const day = (at: number) => new Date(at).toISOString().slice(0, 10);
    const name = `freshet-usage-${day(period.from)}-${day(period.to - 1)}.${format}`;
    return new Response(ReadableStream.from(texts).pipeThrough(new TextEncoderStream()), {
      headers: { "content-type": TYPES[format], "content-disposition": `attachment; filename="${name}"` },
    });
  }),
}));
