import { Component, type ComponentChildren, Fragment, h, hydrate, type VNode } from "preact";
import type { PartialMode } from "../runtime/partial.ts";
import { endOf, isMarker, markerParts } from "./dom.ts";
import type { PageReader } from "./page_reader.ts";
import { Marker } from "./payload.ts";
import { rootBetween } from "./root.ts";

interface RegionProps {
  name: string;
  content: ComponentChildren;
}

/** The partials of the document by their names. */
const regions = new Map<string, Region>();

/** Renders a partial: the content it came with, then what responses add to it. */
class Region extends Component<RegionProps, { chunks: VNode[] }> {
  #nextKey = 0;
  override state = { chunks: [this.#chunk(this.props.content)] };

  override componentDidMount(): void {
    regions.set(this.props.name, this);
  }

  /** Rendered anew because the partial around it was updated. */
  override componentWillReceiveProps({ content }: RegionProps): void {
    if (content !== this.props.content) this.update("replace", content);
  }

  override componentWillUnmount(): void {
    if (regions.get(this.props.name) === this) regions.delete(this.props.name);
  }

  update(mode: PartialMode, content: ComponentChildren): void {
    // What replaces keeps the first key, so that islands which are in both the old and the new content keep their state.
    if (mode === "replace") this.#nextKey = 0;
    const chunk = this.#chunk(content);
    this.setState(({ chunks }) => ({
      chunks: mode === "replace" ? [chunk] : mode === "append" ? [...chunks, chunk] : [chunk, ...chunks],
    }));
  }

  #chunk(content: ComponentChildren): VNode {
    return h(Fragment, { key: this.#nextKey++ }, content);
  }

  override render(): ComponentChildren {
    return this.state.chunks;
  }
}

/** What renders a partial. */
export function regionNode(name: string, content: ComponentChildren): VNode {
  return h(Region as never, { key: name, name, content } as never) as VNode;
}

/** Revives the partials of the document, each with the islands inside. One that fails does not keep the others from it. */
export function reviveRegions(reader: PageReader): void {
  for (const start of partialMarkers(document.body)) {
    // Those inside of another were taken out of the document with it.
    if (start.isConnected) revive(start, reader);
  }
}

function revive(start: Comment, reader: PageReader): void {
  try {
    const end = endOf(start, Marker.partial);
    const [name = ""] = markerParts(start);
    hydrate(regionNode(name, reader.content(start, end)), rootBetween(start, end));
  } catch (error) {
    reportError(error);
  }
}

/** Updates the document's partials by those of a page that have the same names; false where there are none. */
export function updateRegions(page: Document, reader: PageReader): boolean {
  let found = false;
  for (const start of partialMarkers(page.body)) {
    const [name = "", mode = "replace"] = markerParts(start);
    const region = regions.get(name);
    // The markers of partials inside one that was read are gone: they were updated with it.
    if (!region || !start.isConnected) continue;
    region.update(mode as PartialMode, reader.content(start, endOf(start, Marker.partial)));
    found = true;
  }
  return found;
}

function partialMarkers(within: Node): Comment[] {
  const markers: Comment[] = [];
  const walker = document.createTreeWalker(within, NodeFilter.SHOW_COMMENT);
  while (walker.nextNode()) {
    if (isMarker(walker.currentNode, Marker.partial)) markers.push(walker.currentNode);
  }
  return markers;
}
