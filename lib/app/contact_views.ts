import { CONTACTS_KEPT_DAYS, type ContactView } from "../shared/mod.ts";
import type { Principal } from "../access/mod.ts";
import { placeOf } from "../contacts/mod.ts";
import type { Services } from "./services.ts";

const DAY_MS = 86_400_000;

/** The contacts of the last `days` days with where they are, and the nodes of the principal's profile that are there. */
export async function contactViews(
  { clock, contacts, nodes }: Pick<Services, "clock" | "contacts" | "nodes">,
  principal: Principal,
  days: number = CONTACTS_KEPT_DAYS,
): Promise<ContactView[]> {
  const names = new Map<string, string[]>();
  for (const { name, baseUrl } of await nodes.registry.list(principal)) {
    const url = URL.parse(baseUrl);
    if (!url) continue;
    const host = `${url.hostname}:${url.port || (url.protocol === "https:" ? 443 : 80)}`;
    names.set(host, [...names.get(host) ?? [], name]);
  }
  const found = await contacts.list({ from: clock.now() - (days - 1) * DAY_MS });
  return found.map((contact) => ({
    ...contact,
    place: placeOf(contact.host),
    nodes: names.get(contact.host) ?? [],
  }));
}

/** Contacts as a table for a spreadsheet (RFC 4180). */
export function contactsCsv(contacts: readonly ContactView[]): string {
  const lines = contacts.map(({ host, place, nodes, feature, firstAt, lastAt, count }) => [
    host,
    place,
    nodes.join("; "),
    feature,
    new Date(firstAt).toISOString(),
    new Date(lastAt).toISOString(),
    String(count),
  ]);
  return [["host", "place", "nodes", "feature", "first", "last", "count"], ...lines]
    .map((cells) => `${cells.map(cell).join(",")}\r\n`).join("");
}

/** A name that begins like a formula would be run by some spreadsheets. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
