/** A model server whose one model writes a file of the studio, line by line, each with the time at which it was sent. */
import { stamp } from "../load/tasks.ts";

const PACE_MS = 20;
const encoder = new TextEncoder();

if (import.meta.main) {
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, answer);
  Deno.stdout.writeSync(encoder.encode(`http://127.0.0.1:${server.addr.port}\n`));
}

function answer(request: Request): Response {
  if (request.method === "GET") {
    const model = { id: "bench-studio", object: "model", created: 1, owned_by: "bench" };
    return Response.json({ object: "list", data: [model] });
  }
  return new Response(lines(), { headers: { "content-type": "text/event-stream; charset=utf-8" } });
}

/** Goes on until the reader leaves. */
function lines(): ReadableStream<Uint8Array> {
  let timer: ReturnType<typeof setInterval> | undefined;
  return new ReadableStream({
    start(controller) {
      controller.enqueue(event("A page.\n\n### FILE app.ts\n```ts\n"));
      timer = setInterval(() => controller.enqueue(event(`// ${stamp()}\n`)), PACE_MS);
    },
    cancel: () => clearInterval(timer),
  });
}

function event(content: string): Uint8Array {
  const choices = [{ index: 0, delta: { content }, finish_reason: null }];
  const chunk = { id: "c", object: "chat.completion.chunk", created: 1, model: "bench-studio", choices };
  return encoder.encode(`data: ${JSON.stringify(chunk)}\n\n`);
}
