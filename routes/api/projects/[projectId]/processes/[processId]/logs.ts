import { define, endpoint, methods, operations } from "../../../../../../lib/app/mod.ts";
import { encodeSse } from "../../../../../../lib/shared/mod.ts";
import { eventStream } from "../../../../../../lib/runs/mod.ts";
import type { Processes } from "../../../../../../lib/studio/mod.ts";

const encoder = new TextEncoder();

async function* bytesOf(events: ReturnType<Processes["logs"]>): AsyncGenerator<Uint8Array[]> {
  // Shows the page at once that it is connected.
  yield [encoder.encode(encodeSse({ comment: "connected" }))];
  for await (const event of events) {
    const sse = event.type === "log"
      ? { id: String(event.line.seq), event: "log", data: JSON.stringify(event.line) }
      : { event: "exit", data: JSON.stringify({ code: event.code, reason: event.reason }) };
    yield [encoder.encode(encodeSse(sse))];
  }
}

export const handler = define.handlers(methods({
  GET: endpoint(operations.processLogs, ({ services, principal, param, request }) => {
    const { processes, revocations, clock, closing } = services;
    const [projectId, processId] = [param("projectId"), param("processId")];
    // An unknown process is answered 404 before the stream begins.
    processes.find(principal, projectId, processId);
    const after = Number(request.headers.get("last-event-id"));
    const afterSeq = Number.isSafeInteger(after) && after > 0 ? after : 0;
    return eventStream({
      clock,
      closing,
      onRevoked: (end) => revocations.on(principal, end),
      source: (signal) => bytesOf(processes.logs(principal, projectId, processId, afterSeq, signal)),
    });
  }),
}));
