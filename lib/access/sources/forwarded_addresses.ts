import { isIP } from "../addresses.ts";

/**
 * An element of `Forwarded` and what ends it: quoted parts may hold commas (RFC 7239, section 4). It is read from where the last
 * one ended and from nowhere else, so that strangers cannot make it costly.
 */
const ELEMENT = /((?:"(?:\\.|[^"\\])*"|[^,"])*)(,|$)/gy;
/** One pair of an element; a quoted value may look like further ones. */
const PAIR = /\s*([^\s=;"]+)=(?:"((?:\\.|[^"\\])*)"|([^\s;"]*))\s*(?:;|$)/gy;

/**
 * The addresses that proxies have noted, in their order: those of `X-Forwarded-For` or of `Forwarded`. Undefined stands for what
 * is no address, such as "unknown". Where both headers are there and differ, one of them was passed on as the sender made it up,
 * and nobody can tell which: neither counts.
 */
export function forwardedAddresses(headers: Headers): (string | undefined)[] {
  const forwardedFor = headers.get("x-forwarded-for");
  const forwarded = headers.get("forwarded");
  const simple = forwardedFor?.split(",").map(addressIn);
  const standard = forwarded === null ? undefined : elementsOf(forwarded).map(nodeOf).map(addressIn);
  if (simple && standard && simple.join() !== standard.join()) return [];
  return simple ?? standard ?? [];
}

/** None where a quote is left open: what a proxy has added would count as part of what its sender made up. */
function elementsOf(forwarded: string): string[] {
  const elements: string[] = [];
  for (const [, element = "", end] of forwarded.matchAll(ELEMENT)) {
    elements.push(element);
    if (end === "") return elements;
  }
  return [];
}

/** Whom an element is for; "" where it does not say. */
function nodeOf(element: string): string {
  for (const [, name = "", quoted, plain = ""] of element.matchAll(PAIR)) {
    if (name.toLowerCase() === "for") return quoted ?? plain;
  }
  return "";
}

/** Some proxies add the port, which is another one for each connection. */
function addressIn(text: string): string | undefined {
  const node = text.trim();
  const address = /^\[(.+)\](?::\d+)?$/.exec(node)?.[1] ?? /^([\d.]+):\d+$/.exec(node)?.[1] ?? node;
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, "");
  return isIP(plain) ? plain.toLowerCase() : undefined;
}
