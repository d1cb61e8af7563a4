import { FreshetError } from "../shared/mod.ts";
import type { Principal } from "../access/mod.ts";
import type { Clock } from "../host/mod.ts";
import { keys, type Store } from "../store/mod.ts";
import { previewAddress, PreviewTokens, servePreview, splitPreviewPath } from "./preview/mod.ts";
import type { Processes } from "./processes.ts";
import type { Studio } from "./studio.ts";

const LIFETIME_MS = 12 * 60 * 60_000;
const KEY_BYTES = 32;
const BRIDGE = "/gen/preview_bridge.js";

/** What previews need. */
export interface PreviewsOptions {
  store: Store;
  clock: Clock;
  studio: Studio;
  processes: Processes;
}

/**
 * Previews of versions, on another host name than the pages where there is one: who came to 127.0.0.1 sees them on localhost,
 * and the other way round. Their addresses are signed and need no login. What is no file is for the
 * version's own API, while it runs.
 */
export class Previews {
  #options: PreviewsOptions;
  #tokens: Promise<PreviewTokens> | undefined;

  constructor(options: PreviewsOptions) {
    this.#options = options;
  }

  /** The address of a version's preview for a page of `origin`. Throws `not_found`. */
  async address(
    principal: Principal,
    projectId: string,
    versionId: string,
    origin: string,
  ): Promise<{ url: string; expiresAt: number }> {
    const { studio, clock } = this.#options;
    await studio.version(principal, projectId, versionId);
    const expiresAt = clock.now() + LIFETIME_MS;
    const { profileId } = principal;
    const token = (await this.#signer()).sign({ profileId, projectId, versionId, expiresAt });
    return { url: previewAddress(previewOrigin(origin), token), expiresAt };
  }

  /** Answers a request below `/preview/`. Throws `not_found` for an address that is none, or no more. */
  async serve(request: Request): Promise<Response> {
    const { origin, pathname } = new URL(request.url);
    const address = splitPreviewPath(pathname);
    const claims = address && (await this.#signer()).verify(address.token, this.#options.clock.now());
    if (!claims) {
      throw new FreshetError("not_found", "There is no such preview, or its address has expired", {
        hint: "Open it again from its project",
      });
    }
    const { projectId, versionId } = claims;
    const { studio, processes } = this.#options;
    const kinds = await studio.kinds(claims, projectId);
    return await servePreview({
      ...address,
      kinds,
      origin,
      method: request.method,
      ask: () => processes.ask(claims, apiRequest(request, address.path)),
      read: (path) => studio.file(claims, projectId, versionId, path),
      embedders: [previewOrigin(origin)],
      bridge: BRIDGE,
      acceptLanguage: request.headers.get("accept-language"),
    });
  }

  #signer(): Promise<PreviewTokens> {
    return this.#tokens ??= loadKey(this.#options.store).then((key) => new PreviewTokens(key));
  }
}

/** The origin of previews for a page: the other name of a loopback server; any other server has none but its own. */
export function previewOrigin(address: string): string {
  const url = new URL(address);
  if (url.hostname === "localhost") url.hostname = "127.0.0.1";
  else if (/^127\.|^\[::1\]$/.test(url.hostname)) url.hostname = "localhost";
  return url.origin;
}

/** The key that signs addresses: made once, kept sealed, the same for all processes on one store. */
async function loadKey(store: Store): Promise<Uint8Array> {
  const { kv, cipher } = store;
  const key = keys.previewKey();
  const kept = await kv.get<Uint8Array>(key);
  if (kept.value) return cipher.open(kept.value);
  const made = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
  const { ok } = await kv.atomic().check(kept).set(key, cipher.seal(made)).commit();
  return ok ? made : await loadKey(store);
}

/** A request below a preview as its API knows it. */
function apiRequest(request: Request, path: string): Request {
  const url = new URL(request.url);
  url.pathname = `/${path}`;
  return new Request(url, request);
}
