import { toFreshetError } from "../shared/mod.ts";
import { guardRequest, type Source, sourceOf } from "../access/mod.ts";
import { openAiErrorResponse } from "../gateway/mod.ts";
import type { Handler } from "./hardened.ts";
import { requireFeature } from "./http/endpoint.ts";
import type { Services } from "./services.ts";

/** Stands in where the handler is called without a network, as tests do. */
const LOCAL_INFO: Deno.ServeHandlerInfo = {
  remoteAddr: { transport: "tcp", hostname: "localhost", port: 1 },
  completed: Promise.resolve(),
};

/** True for the paths of the API for programs. */
export function isGateway(path: string): boolean {
  return path === "/v1" || path.startsWith("/v1/");
}

/** Answers a request below `/v1`, errors too. */
export async function answerGateway(services: Services, request: Request, source: Source): Promise<Response> {
  try {
    guardRequest(request, { allowedHosts: services.config.allowedHosts });
    requireFeature(services, "gateway");
    services.backups.refuseWhileRestoring();
    return await services.gateway.fetch(request, source);
  } catch (error) {
    return openAiErrorResponse(toFreshetError(error));
  }
}

/**
 * The handler with a way of its own for what plainly is for `/v1`: thousands of requests a second need none of what a page
 * needs. Those whose address has to be brought into its normal form first come there through the middlewares.
 */
export function gatewayFirst(services: Services, handler: Handler): Handler {
  const { trace } = services.logging;
  return (request, info = LOCAL_INFO) => {
    if (!isGateway(pathOf(request.url))) return handler(request, info);
    const source = sourceOf(request, info, services.trustedProxies);
    return trace.serve(request, () => answerGateway(services, request, source));
  };
}

function pathOf(url: string): string {
  const start = url.indexOf("/", url.indexOf("://") + 3);
  const query = url.indexOf("?", start);
  return query < 0 ? url.slice(start) : url.slice(start, query);
}
