import { define, endpoint, methods, operations, periodOf, usageOwner, zoneOf } from "../../../lib/app/mod.ts";
import { csvOf, jsonOf, rowsOf, shownAt, Zone } from "../../../lib/analytics/mod.ts";

const TYPES = { csv: "text/csv; charset=utf-8", json: "application/json" } as const;

export const handler = define.handlers(methods({
  GET: endpoint(operations.exportUsage, async ({ services, principal, query, request }) => {
    const { format = "csv", profile, dimension, value = "", ...rest } = query;
    const owner = await usageOwner(services, principal, profile);
    const { ledger, clock } = services;
    const period = periodOf(rest, clock.now(), zoneOf(request));
    await ledger.flush();
    const rows = rowsOf(ledger.rows(owner, period), dimension && { dimension, value });
    const texts = format === "csv" ? csvOf(rows) : jsonOf(rows);
    const zone = new Zone(period.zone);
    const day = (at: number) => new Date(zone.localOf(shownAt(at))).toISOString().slice(0, 10);
    const name = `freshet-usage-${day(period.from)}-${day(period.to - 1)}.${format}`;
    return new Response(ReadableStream.from(texts).pipeThrough(new TextEncoderStream()), {
      headers: { "content-type": TYPES[format], "content-disposition": `attachment; filename="${name}"` },
    });
  }),
}));
