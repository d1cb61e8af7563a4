import type { RequestInfo } from "../request_info.ts";

/** Address of the script that reloads the page when the server has been started anew. */
export const LIVE_RELOAD_SCRIPT = "/_frsh/live-reload.js";

const ALIVE = "/_frsh/alive";

/** Milliseconds after which the browser asks again once the server is gone. */
const RETRY = 200;

type Handler = (req: Request, info?: RequestInfo) => Promise<Response>;

/** Answers the script and its event stream, which names this start of the server; anything else is left to the app. */
export function withLiveReload(handler: Handler, basePath: string): Handler {
  const start = crypto.randomUUID();
  return (req, info) => {
    switch (new URL(req.url).pathname) {
      case basePath + LIVE_RELOAD_SCRIPT:
        return Promise.resolve(scriptResponse(basePath));
      case basePath + ALIVE:
        return Promise.resolve(aliveResponse(start));
      default:
        return handler(req, info);
    }
  };
}

function scriptResponse(basePath: string): Response {
  const script = `let start;
new EventSource(${JSON.stringify(basePath + ALIVE)}).onmessage = ({ data }) => {
  if (start && start !== data) location.reload();
  start = data;
};`;
  return new Response(script, {
    headers: { "content-type": "text/javascript", "cache-control": "no-store" },
  });
}

/** The stream stays open: its end is how the browser notices that the server was stopped. */
function aliveResponse(start: string): Response {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(`retry: ${RETRY}\ndata: ${start}\n\n`));
    },
  });
  return new Response(body, {
    headers: { "content-type": "text/event-stream", "cache-control": "no-store" },
  });
}
