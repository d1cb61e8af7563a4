import { define, endpoint, methods, operations } from "../../../../lib/app/mod.ts";

const TYPES = { csv: "text/csv; charset=utf-8", json: "application/json" } as const;

export const handler = define.handlers(methods({
  GET: endpoint(operations.exportBenchmark, async ({ services, principal, param, query: { format } }) => {
    const id = param("id");
    const texts = await services.benchmarks.export(principal, id, format);
    return new Response(ReadableStream.from(texts).pipeThrough(new TextEncoderStream()), {
      headers: {
        "content-type": TYPES[format],
        "content-disposition": `attachment; filename="freshet-benchmark-${id}.${format}"`,
      },
    });
  }),
}));
