import { hydrate } from "preact";
import { endOf, isMarker } from "./dom.ts";
import { type IslandComponent, type PageReader, pageReader } from "./page_reader.ts";
import { Marker, type Payload } from "./payload.ts";
import { rootBetween } from "./root.ts";
import type { SignalFactory } from "./signals.ts";

/** Brings the islands of a page without partials to life. */
export function boot(payload: Payload, components: IslandComponent[], signals?: SignalFactory): void {
  reviveIslands(document.body, pageReader(document, payload, components, signals));
}

/** Revives every island below a node, each as a root of its own. One that fails does not keep the others from it. */
export function reviveIslands(within: Node, reader: PageReader): void {
  const markers: Comment[] = [];
  const walker = document.createTreeWalker(within, NodeFilter.SHOW_COMMENT);
  while (walker.nextNode()) {
    if (isMarker(walker.currentNode, Marker.island)) markers.push(walker.currentNode);
  }
  for (const start of markers) {
    // An island that is in a slot was taken out of the document with it, to be rendered by the outer one.
    if (start.isConnected) revive(start, reader);
  }
}

function revive(start: Comment, reader: PageReader): void {
  try {
    const end = endOf(start, Marker.island);
    hydrate(reader.island(start), rootBetween(start, end));
  } catch (error) {
    reportError(error);
  }
}
