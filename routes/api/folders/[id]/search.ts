import { define, endpoint, methods, operations } from "../../../../lib/app/mod.ts";
import { eventStream } from "../../../../lib/runs/mod.ts";
import { encodeSse, toFreshetError } from "../../../../lib/shared/mod.ts";

const encoder = new TextEncoder();

export const handler = define.handlers(methods({
  GET: endpoint(operations.searchFiles, async ({ services, principal, param, query }) => {
    const { revocations, clock, closing, files } = services;
    // What is wrong with the folder or the path is an answer, not an event.
    await files.assertFolder(principal, param("id"), query.path);
    const sought = { text: query.q, contents: query.contents === "1", path: query.path };
    return eventStream({
      clock,
      closing,
      onRevoked: (end) => revocations.on(principal, end),
      async *source(signal) {
        try {
          for await (const { type, data } of files.search(principal, param("id"), sought, signal)) {
            yield [encoded(type, data)];
          }
        } catch (error) {
          // The headers are sent already, so that the failure is an event too.
          yield [encoded("error", toFreshetError(error).toBody())];
        }
      },
    });
  }),
}));

function encoded(event: string, data: unknown): Uint8Array {
  return encoder.encode(encodeSse({ event, data: JSON.stringify(data) }));
}
