import { base } from "./base.ts";

const origin = new URL(base).origin;

/**
 * Leads requests from the root of the server (`/api/todos`) below the preview's own address, where the version's API answers:
 * on a server of its own the page would be at the root. Everything else goes where it was to go, and the policy decides.
 */
export function leadRequests(): void {
  const ask = globalThis.fetch.bind(globalThis);
  globalThis.fetch = async (input, init) => {
    const led = ledAddress(input instanceof Request ? input.url : String(input));
    if (led === null) return await ask(input, init);
    return await ask(led, input instanceof Request ? { ...await partsOf(input), ...init } : init);
  };
  const { open } = XMLHttpRequest.prototype;
  XMLHttpRequest.prototype.open = function (
    this: XMLHttpRequest,
    method: string,
    address: string | URL,
    isAsync: boolean = true,
    ...credentials: (string | null | undefined)[]
  ) {
    const [user, password] = credentials;
    open.call(this, method, ledAddress(String(address)) ?? address, isAsync, user, password);
  };
}

/** A request cannot be given another address, only be made again. */
async function partsOf(request: Request): Promise<RequestInit> {
  const { method, headers, signal } = request;
  const body = method === "GET" || method === "HEAD" ? null : await request.blob();
  return { method, headers, signal, body };
}

/** The address below the preview's own; null where it is to stay. */
function ledAddress(address: string): string | null {
  if (!URL.canParse(address, document.baseURI)) return null;
  const url = new URL(address, document.baseURI);
  if (url.origin !== origin || url.href.startsWith(base)) return null;
  return base + url.pathname.slice(1) + url.search;
}
