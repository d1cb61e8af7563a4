import { define, endpoint, methods, operations } from "../../../../lib/app/mod.ts";
import { seqOfEventId } from "../../../../lib/shared/mod.ts";
import { type CommittedEvent, eventStream } from "../../../../lib/runs/mod.ts";

async function* bytesOf(batches: AsyncIterable<CommittedEvent[]>): AsyncGenerator<Uint8Array[]> {
  for await (const batch of batches) yield batch.map(({ bytes }) => bytes);
}

export const handler = define.handlers(methods({
  GET: endpoint(operations.runEvents, async ({ services, principal, param, request }) => {
    const { runs, revocations, clock, closing } = services;
    const id = param("id");
    // An unknown run is answered 404 before the stream begins.
    await runs.get(principal, id);
    const afterSeq = seqOfEventId(id, request.headers.get("last-event-id"));
    return eventStream({
      clock,
      closing,
      onRevoked: (end) => revocations.on(principal, end),
      source: (signal) => bytesOf(runs.subscribe(principal, id, afterSeq, signal)),
    });
  }),
}));
