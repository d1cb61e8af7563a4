import { define, endpoint, methods, operations } from "../../../lib/app/mod.ts";
import { encodeSse } from "../../../lib/shared/mod.ts";
import { type CommittedEvent, eventStream } from "../../../lib/runs/mod.ts";

const encoder = new TextEncoder();

async function* bytesOf(batches: AsyncIterable<CommittedEvent[]>): AsyncGenerator<Uint8Array[]> {
  // Shows the page at once that it is connected.
  yield [encoder.encode(encodeSse({ comment: "connected" }))];
  for await (const batch of batches) yield batch.map(({ bytes }) => bytes);
}

export const handler = define.handlers(methods({
  GET: endpoint(operations.projectEvents, async ({ services, principal, param, request }) => {
    const { studio, revocations, clock, closing } = services;
    const projectId = param("projectId");
    // An unknown project is answered 404 before the stream begins.
    await studio.page(principal, projectId);
    const lastEventId = request.headers.get("last-event-id");
    return eventStream({
      clock,
      closing,
      onRevoked: (end) => revocations.on(principal, end),
      source: (signal) => bytesOf(studio.events(principal, projectId, lastEventId, signal)),
    });
  }),
}));
