import type { Principal } from "../../lib/access/mod.ts";
import { define, endpoint, methods, operations } from "../../lib/app/mod.ts";
import { encodeSse, type ProfileEvent } from "../../lib/shared/mod.ts";
import { eventStream } from "../../lib/runs/mod.ts";

const encoder = new TextEncoder();

async function* bytesOf(
  batches: AsyncIterable<ProfileEvent[]>,
  { scopes }: Principal,
): AsyncGenerator<Uint8Array[]> {
  // Shows the page at once that it is connected.
  yield [encoder.encode(encodeSse({ comment: "connected" }))];
  for await (const batch of batches) {
    // What the machine does is for administrators; budgets are those of the own keys.
    const isTold = (event: ProfileEvent) =>
      event.type !== "system:alert" || event.alert.figure === "budget" || scopes.has("admin");
    const told = batch.filter(isTold);
    yield told.map((event) => encoder.encode(encodeSse({ event: event.type, data: JSON.stringify(event) })));
  }
}

export const handler = define.handlers(methods({
  GET: endpoint(operations.profileEvents, ({ services, principal }) => {
    const { feed, revocations, clock, closing } = services;
    return eventStream({
      clock,
      closing,
      onRevoked: (end) => revocations.on(principal, end),
      source: (signal) => bytesOf(feed.subscribe(principal.profileId, signal), principal),
    });
  }),
}));
