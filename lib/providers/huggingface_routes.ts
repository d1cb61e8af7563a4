/** Where the client sends requests to the inference providers. */
export const ROUTER_URL = "https://router.huggingface.co";
/** Where the client looks up which provider runs a model under which name. */
export const HUB_URL = "https://huggingface.co";

/** The base URL without the version path that people paste along. */
export function baseUrlOf(baseUrl: string): string {
  return baseUrl.replace(/\/+$/, "").replace(/\/v1$/, "");
}

/** True for the URL of a dedicated Inference Endpoint, which serves one model. */
export function isDedicated(baseUrl: string): boolean {
  return URL.parse(baseUrl)?.hostname.endsWith(".endpoints.huggingface.cloud") ?? false;
}

/**
 * Sends what goes to the router and to the hub to another base URL instead, where the node has one: the client has no setting
 * for it. What goes to an inference provider directly stays.
 */
export function routeTo(baseUrl: string): (url: URL) => URL {
  const base = baseUrlOf(baseUrl);
  return (url) => {
    if (base === ROUTER_URL || (url.origin !== ROUTER_URL && url.origin !== HUB_URL)) return url;
    return new URL(base + url.pathname + url.search);
  };
}
