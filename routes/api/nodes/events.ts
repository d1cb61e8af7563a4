import { define, endpoint, methods, nodeEvents, operations } from "../../../lib/app/mod.ts";
import { encodeSse } from "../../../lib/shared/mod.ts";
import { eventStream } from "../../../lib/runs/mod.ts";

const encoder = new TextEncoder();

export const handler = define.handlers(methods({
  GET: endpoint(operations.nodeEvents, ({ services, principal }) => {
    const { revocations, clock, closing } = services;
    return eventStream({
      clock,
      closing,
      onRevoked: (end) => revocations.on(principal, end),
      async *source(signal) {
        for await (const { type, data } of nodeEvents(services, principal, signal)) {
          yield [encoder.encode(encodeSse({ event: type, data: JSON.stringify(data) }))];
        }
      },
    });
  }),
}));
