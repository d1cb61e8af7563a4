import { reviveIslands } from "./islands.ts";
import { listenForVisits } from "./listeners.ts";
import { type IslandComponent, pageReader } from "./page_reader.ts";
import type { Payload } from "./payload.ts";
import { regionNode, reviveRegions } from "./regions.ts";
import type { SignalFactory } from "./signals.ts";

/** Brings a page with partials or client navigation to life, islands included. */
export function boot(payload: Payload, components: IslandComponent[], signals?: SignalFactory): void {
  const reader = pageReader(document, payload, components, signals, regionNode);
  reviveRegions(reader);
  reviveIslands(document.body, reader);
  listenForVisits();
}
