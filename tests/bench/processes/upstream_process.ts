/** A model server that speaks OpenAI's Chat Completions as fast as `Deno.serve` can: the limit of what may be reached. */
import { stamp } from "../load/tasks.ts";
import { firstEvent, head, lastEvents, pieceEvent, USAGE } from "./upstream_events.ts";
import { modelList, UPSTREAM_MODELS, type UpstreamModel } from "./upstream_models.ts";

interface ChatBody {
  model: string;
  stream?: boolean;
  stream_options?: { include_usage?: boolean };
}

const encoder = new TextEncoder();

if (import.meta.main) {
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {}, onError }, answer);
  Deno.stdout.writeSync(encoder.encode(`http://127.0.0.1:${server.addr.port}\n`));
}

/** A request that was cut before all of it was here is no reason to print anything. */
function onError(error: unknown): Response {
  if (!(error instanceof Deno.errors.BadResource)) throw error;
  return new Response(null, { status: 500 });
}

async function answer(request: Request): Promise<Response> {
  if (request.method === "GET") return Response.json(modelList(UPSTREAM_MODELS));
  const { model: id, stream, stream_options: options } = await request.json() as ChatBody;
  const model = UPSTREAM_MODELS.find((candidate) => candidate.id === id);
  if (!model) return Response.json({ error: { message: `There is no ${id}` } }, { status: 404 });
  if (!stream) return Response.json(whole(model));
  return new Response(streamOf(model, options?.include_usage ?? false), {
    headers: { "content-type": "text/event-stream; charset=utf-8" },
  });
}

function streamOf(model: UpstreamModel, hasUsage: boolean): ReadableStream<Uint8Array> {
  const piece = pieceEvent(model, " word");
  const stamped = () => pieceEvent(model, `${stamp()} `);
  const start = firstEvent(model);
  const end = lastEvents(model, hasUsage);
  let sent = -1;
  let timer: ReturnType<typeof setInterval> | undefined;
  const next = (controller: ReadableStreamDefaultController<Uint8Array>) => {
    sent++;
    if (sent === 0) return controller.enqueue(start);
    if (sent <= model.pieces) return controller.enqueue(model.isStamped ? stamped() : piece);
    clearInterval(timer);
    controller.enqueue(end);
    controller.close();
  };
  return new ReadableStream({
    start(controller) {
      if (model.paceMs > 0) timer = setInterval(() => next(controller), model.paceMs);
    },
    ...(model.paceMs > 0 ? {} : { pull: next }),
    cancel: () => clearInterval(timer),
  });
}

function whole(model: UpstreamModel) {
  const message = { role: "assistant", content: " word".repeat(model.pieces) };
  return {
    ...head(model),
    object: "chat.completion",
    choices: [{ index: 0, message, logprobs: null, finish_reason: "stop" }],
    usage: USAGE,
  };
}
