import { define, endpoint, methods, operations } from "../../../lib/app/mod.ts";
import { encodeSse } from "../../../lib/shared/mod.ts";
import { eventStream } from "../../../lib/runs/mod.ts";

const encoder = new TextEncoder();

export const handler = define.handlers(methods({
  GET: endpoint(operations.systemEvents, ({ services, principal }) => {
    const { monitor, revocations, clock, closing } = services;
    return eventStream({
      clock,
      closing,
      onRevoked: (end) => revocations.on(principal, end),
      async *source(signal) {
        for await (const { sample, state } of monitor.watch(signal)) {
          const data = JSON.stringify({ sample, state, alerts: monitor.alerts(principal) });
          yield [encoder.encode(encodeSse({ event: "sample", data }))];
        }
      },
    });
  }),
}));
