import type { Principal } from "../../access/mod.ts";
import { eventStream } from "../../runs/mod.ts";
import { encodeSse } from "../../shared/mod.ts";
import type { Services } from "../services.ts";

const encoder = new TextEncoder();

/** A stream of events, each with its data as JSON; it ends with what its caller came by, and when the process does. */
export function eventResponse(
  { revocations, clock, closing }: Pick<Services, "revocations" | "clock" | "closing">,
  principal: Principal,
  events: (signal: AbortSignal) => AsyncIterable<{ type: string; data: unknown }>,
): Response {
  return eventStream({
    clock,
    closing,
    onRevoked: (end) => revocations.on(principal, end),
    async *source(signal) {
      for await (const { type, data } of events(signal)) {
        yield [encoder.encode(encodeSse({ event: type, data: JSON.stringify(data) }))];
      }
    },
  });
}
