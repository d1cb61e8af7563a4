import { buildId } from "../runtime/build_id.ts";
import { placeHeadEntry } from "../runtime/head_entries.ts";
import { type IslandComponent, pageReader } from "./page_reader.ts";
import { type PartialPayload, PAYLOAD_ID } from "./payload.ts";
import { regionNode, updateRegions } from "./regions.ts";

/** Elements of a page's head that the document takes over. */
const HEAD_ENTRIES = "title, meta, link, style";

/** Updates the document by a page's partials and head. False where the document must be loaded anew for it. */
export async function applyPage(page: Document): Promise<boolean> {
  const payload = readPayload(page);
  const addresses = [
    ...payload.components.map(([address]) => address),
    payload.signals ?? "",
  ].filter(Boolean);
  // Code of another build would bring a second Preact.
  if (addresses.some((address) => !address.includes(`/${buildId()}/`))) return false;
  const [signals, ...components] = await Promise.all([
    payload.signals ? import(payload.signals) : undefined,
    ...payload.components.map(importComponent),
  ]);
  if (!updateRegions(page, pageReader(page, payload, components, signals, regionNode))) return false;
  for (const entry of page.head.querySelectorAll(HEAD_ENTRIES)) placeHeadEntry(entry);
  return true;
}

function readPayload(page: Document): PartialPayload {
  const text = page.getElementById(PAYLOAD_ID)?.textContent;
  return text ? JSON.parse(text) : { idPrefix: "", nodes: [], islands: [], components: [], signals: null };
}

async function importComponent([address, name]: [string, string]): Promise<IslandComponent> {
  const module = await import(address);
  return module[name];
}
