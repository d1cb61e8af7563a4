import { csp, HttpError } from "fresh";
import { chooseLanguage, translator } from "../shared/texts/mod.ts";
import { FreshetError } from "../shared/mod.ts";
import { guardHost, guardRequest, localPrincipal, sourceOf } from "../access/mod.ts";
import { answerGateway, isGateway } from "./gateway_first.ts";
import { requireFeature } from "./http/endpoint.ts";
import { errorResponse, unknownPath } from "./http/errors.ts";
import type { Services } from "./services.ts";
import { define, type State } from "./state.ts";

/** What programs ask; Prometheus looks for its figures at a path of its own. */
const isApi = (path: string) => path === "/api" || path.startsWith("/api/") || path === "/metrics";
/** Pages of chats stand below the same path; a handshake comes from a program or from a script. */
const isSocket = (path: string, request: Request) => {
  return path === "/chat" && request.headers.get("upgrade")?.toLowerCase() === "websocket";
};
/** What anybody may load: it says nothing about the person. */
const isPublic = (path: string) => /^\/((css|fonts|gen|_fresh)\/|(favicon|icons)\.svg$|login$)/.test(path);
/** What shows how a restore goes, or changes nothing. */
const isOpenWhileRestoring = (path: string) =>
  isPublic(path) || /^\/(api\/(backups|restore|health|events)|settings\/backup)(\/|$)/.test(path);
/** Made once: merging the tables is no work for every request. */
const TRANSLATORS = { en: translator("en"), de: translator("de") };

/** Puts the services into the state, turns foreign requests away and gives errors of the API their one shape. */
export function outermost(services: Services) {
  const guard = { allowedHosts: services.config.allowedHosts };
  const { trace } = services.logging;
  const answer = define.middleware(async (ctx) => {
    const { pathname } = ctx.url;
    ctx.state.services = services;
    ctx.state.principal = localPrincipal;
    ctx.state.source = sourceOf(ctx.req, ctx.info, services.trustedProxies);
    try {
      if (pathname.startsWith("/preview/")) {
        guardHost(ctx.req, guard);
        requireFeature(services, "studio");
        return await services.previews.serve(ctx.req);
      }
      if (isGateway(pathname)) return await answerGateway(services, ctx.req, ctx.state.source);
      guardRequest(ctx.req, guard);
      // The router takes several slashes for one; what is decided by a path would be decided by another one.
      if (pathname.includes("//")) throw unknownPath(pathname);
      if (!isOpenWhileRestoring(pathname)) services.backups.refuseWhileRestoring();
      if (isSocket(pathname, ctx.req)) return await services.sockets.accept(ctx.req, ctx.state.source);
      const response = await ctx.next();
      return isApi(pathname) && isBare404(response)
        ? errorResponse(unknownPath(pathname), services.log)
        : response;
    } catch (error) {
      if (isApi(pathname) || isSocket(pathname, ctx.req)) {
        return errorResponse(apiError(error, pathname), services.log);
      }
      if (error instanceof FreshetError) throw new HttpError(error.status as 404, error.message);
      throw error;
    }
  });
  return define.middleware((ctx) => trace.serve(ctx.req, () => answer(ctx)));
}

/** Finds out who asks, and in which language to answer. Pages send strangers to the login. */
export function identify(services: Services) {
  return define.middleware(async (ctx) => {
    const { pathname } = ctx.url;
    const settings = services.preferences;
    let isKnown = true;
    try {
      ctx.state.principal = await services.authenticator.authenticate(ctx.req.headers, ctx.state.source);
    } catch (error) {
      isKnown = false;
      if (!isPublic(pathname)) {
        if (isApi(pathname) || !(error instanceof FreshetError)) throw error;
        return ctx.redirect(`/login?to=${encodeURIComponent(pathname)}`, 303);
      }
    }
    if (ctx.state.principal.type === "key" && !isApi(pathname) && !isPublic(pathname)) {
      throw new FreshetError("forbidden", "Pages are for people; a key is for /api and /v1");
    }
    const profiles = await services.profiles.list();
    const profile = profiles.find(({ id }) => id === ctx.state.principal.profileId);
    if (profile && isKnown) ctx.state.profile = profile;
    ctx.state.canSwitch = profiles.length > 1;
    ctx.state.settings = await settings.get(ctx.state.principal);
    const language = chooseLanguage(ctx.state.settings.language, ctx.req.headers.get("accept-language"));
    ctx.state.language = language;
    ctx.state.t = TRANSLATORS[language];
    return await ctx.next();
  });
}

/** Gives pages a nonce for the scripts and styles they are rendered with; `hardened` makes their policy of it. */
export function pageNonces() {
  const withNonce = csp<State>({ useNonce: true });
  return define.middleware((ctx) => isApi(ctx.url.pathname) ? ctx.next() : withNonce(ctx));
}

function isBare404(response: Response): boolean {
  return response.status === 404 && !response.headers.get("content-type")?.startsWith("application/json");
}

function apiError(error: unknown, path: string): unknown {
  if (!(error instanceof HttpError)) return error;
  if (error.status === 404) return unknownPath(path);
  if (error.status === 405) return new FreshetError("method_not_allowed", `No such method at ${path}`);
  return error;
}
