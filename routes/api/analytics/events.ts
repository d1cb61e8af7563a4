import { define, endpoint, methods, operations, usageEvents, usageOwner } from "../../../lib/app/mod.ts";
import { eventStream } from "../../../lib/runs/mod.ts";
import { encodeSse } from "../../../lib/shared/mod.ts";

const encoder = new TextEncoder();

export const handler = define.handlers(methods({
  GET: endpoint(operations.usageEvents, async ({ services, principal, query }) => {
    const owner = await usageOwner(services, principal, query.profile);
    const { revocations, clock, closing } = services;
    return eventStream({
      clock,
      closing,
      onRevoked: (end) => revocations.on(principal, end),
      async *source(signal) {
        for await (const { type, data } of usageEvents(services, owner, signal)) {
          yield [encoder.encode(encodeSse({ event: type, data: JSON.stringify(data) }))];
        }
      },
    });
  }),
}));
