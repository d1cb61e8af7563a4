import { BlockList, isIP } from "node:net";

/** Which requests go through a proxy. */
export interface Proxies {
  take(url: URL): boolean;
}

const ALL = ["ALL_PROXY", "all_proxy"];
const VARIABLES: Record<string, string[]> = {
  "http:": ["HTTP_PROXY", "http_proxy", ...ALL],
  "https:": ["HTTPS_PROXY", "https_proxy", ...ALL],
};

/**
 * The proxies that `fetch` uses, by the rules of Deno 2.9.6, which libraries for these variables do not follow: entries of
 * `NO_PROXY` stand between commas, a name is for all below it too, a star for all names but not for addresses, and addresses may
 * have a mask. What is not understood, such as a proxy of an unknown kind, counts as a proxy.
 */
export function readProxies(env: (name: string) => string | undefined = readEnv): Proxies {
  const isSet = (scheme: string) => (VARIABLES[scheme] ?? []).some((name) => env(name));
  const proxied = new Set(["http:", "https:"].filter(isSet));
  const entries = (env("NO_PROXY") ?? env("no_proxy") ?? "").split(",").map((entry) => entry.trim());
  const direct = addressesOf(entries);
  const isDirect = (hostname: string) => {
    const address = hostname.replace(/^\[(.*)\]$/, "$1");
    const version = isIP(address);
    if (version !== 0) return direct.check(address, family(version));
    return entries.some((entry) => entry === "*" || isBelow(hostname, entry));
  };
  return { take: ({ protocol, hostname }) => proxied.has(protocol) && !isDirect(hostname) };
}

/** The variables of the environment that name a proxy. */
export function proxyVariables(env: (name: string) => string | undefined = readEnv): string[] {
  return [...new Set(Object.values(VARIABLES).flat())].filter((name) => env(name));
}

/** Without the permission to read a variable there may be anything in it. */
function readEnv(name: string): string | undefined {
  try {
    return Deno.env.get(name);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotCapable)) throw error;
    return name.toUpperCase() === "NO_PROXY" ? "" : "unknown";
  }
}

function isBelow(hostname: string, entry: string): boolean {
  const domain = entry.replace(/^\./, "");
  return domain !== "" && (hostname === domain || hostname.endsWith(`.${domain}`));
}

function addressesOf(entries: readonly string[]): BlockList {
  const list = new BlockList();
  for (const entry of entries) {
    const [, address = "", prefix] = /^([\d.]+|[\da-f:.]+)(?:\/(\d{1,3}))?$/i.exec(entry) ?? [];
    const version = isIP(address);
    if (version === 0 || Number(prefix) > (version === 4 ? 32 : 128)) continue;
    if (prefix === undefined) list.addAddress(address, family(version));
    else list.addSubnet(address, Number(prefix), family(version));
  }
  return list;
}

function family(version: number): "ipv4" | "ipv6" {
  return version === 4 ? "ipv4" : "ipv6";
}
