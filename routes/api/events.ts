import { define, endpoint, methods, operations } from "../../lib/app/mod.ts";
import { encodeSse, type ProfileEvent } from "../../lib/shared/mod.ts";
import { eventStream } from "../../lib/runs/mod.ts";

const encoder = new TextEncoder();

async function* bytesOf(batches: AsyncIterable<ProfileEvent[]>): AsyncGenerator<Uint8Array[]> {
  // Shows the page at once that it is connected.
  yield [encoder.encode(encodeSse({ comment: "connected" }))];
  for await (const batch of batches) {
    yield batch.map((event) => encoder.encode(encodeSse({ event: event.type, data: JSON.stringify(event) })));
  }
}

export const handler = define.handlers(methods({
  GET: endpoint(operations.profileEvents, ({ services, principal }) => {
    const { feed, apiKeys, clock, closing } = services;
    return eventStream({
      clock,
      closing,
      onRevoked: (end) => apiKeys.onRevoked(principal, end),
      source: (signal) => bytesOf(feed.subscribe(principal.profileId, signal)),
    });
  }),
}));
