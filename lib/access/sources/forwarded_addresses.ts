import { isIP } from "../addresses.ts";

/** A value of `Forwarded` up to its next element: quoted parts may hold commas (RFC 7239, section 4). */
const ELEMENT = /(?:"(?:\\.|[^"\\])*"|[^,"])+/g;
const FOR = /(?:^|;)\s*for\s*=\s*(?:"((?:\\.|[^"\\])*)"|([^;\s]+))/i;

/**
 * The addresses that proxies have noted, in their order: those of `X-Forwarded-For` or of `Forwarded`. Undefined stands for what
 * is no address, such as "unknown". Where both headers are there and differ, one of them was passed on as the sender made it up,
 * and nobody can tell which: neither counts.
 */
export function forwardedAddresses(headers: Headers): (string | undefined)[] {
  const forwardedFor = headers.get("x-forwarded-for");
  const forwarded = headers.get("forwarded");
  const simple = forwardedFor?.split(",").map(addressIn);
  const standard = forwarded === null ? undefined : elementsOf(forwarded).map((element) => {
    const [, quoted, plain] = FOR.exec(element) ?? [];
    return addressIn(quoted ?? plain ?? "");
  });
  if (simple && standard && simple.join() !== standard.join()) return [];
  return simple ?? standard ?? [];
}

/** None where a quote is left open: what a proxy has added would count as part of what its sender made up. */
function elementsOf(forwarded: string): string[] {
  const elements = forwarded.match(ELEMENT) ?? [];
  return elements.join() === forwarded ? elements : [];
}

/** Some proxies add the port, which is another one for each connection. */
function addressIn(text: string): string | undefined {
  const node = text.trim();
  const address = /^\[(.+)\](?::\d+)?$/.exec(node)?.[1] ?? /^([\d.]+):\d+$/.exec(node)?.[1] ?? node;
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, "");
  return isIP(plain) ? plain.toLowerCase() : undefined;
}
