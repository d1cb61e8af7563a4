import { define, endpoint, logEvents, methods, operations } from "../../../../lib/app/mod.ts";
import { encodeSse } from "../../../../lib/shared/mod.ts";
import { eventStream } from "../../../../lib/runs/mod.ts";

const encoder = new TextEncoder();

export const handler = define.handlers(methods({
  GET: endpoint(operations.logEvents, ({ services, principal, query, request }) => {
    const { logging, revocations, clock, closing } = services;
    const afterSeq = logging.book.seqOf(request.headers.get("last-event-id"));
    return eventStream({
      clock,
      closing,
      onRevoked: (end) => revocations.on(principal, end),
      async *source(signal) {
        for await (const events of logEvents(logging, query, afterSeq, signal)) {
          yield events.map(({ type, data, ...rest }) =>
            encoder.encode(encodeSse({ ...rest, event: type, data: JSON.stringify(data) }))
          );
        }
      },
    });
  }),
}));
