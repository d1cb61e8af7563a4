import { type ComponentChild, type ComponentChildren, type ComponentType, h, type VNode } from "preact";
import { attributesOf, endOf, isMarker, markerParts } from "./dom.ts";
import { Marker, type Payload, slotTemplateId } from "./payload.ts";
import { valueReader } from "./read_values.ts";
import type { SignalFactory } from "./signals.ts";

/** A component of an island, as the page's script imports it. */
export type IslandComponent = ComponentType<Record<string, unknown>>;

/** Makes what a partial is rendered by, from its name and content. */
export type PartialFactory = (name: string, content: ComponentChildren) => VNode;

/** Turns what the server rendered back into virtual nodes. */
export interface PageReader {
  /** The island that a marker starts. Markers of slots inside are taken out of the document. */
  island(start: Comment): VNode;
  /** What is between a marker and its end; all markers inside are taken out. */
  content(start: Comment, end: Comment): ComponentChildren;
}

/** Reads a page: the document itself, or a response to client navigation. */
export function pageReader(
  page: Document,
  payload: Payload,
  components: IslandComponent[],
  signals?: SignalFactory,
  partial?: PartialFactory,
): PageReader {
  const slots = new Map<number, ComponentChildren>();
  const readValue = valueReader(payload.nodes, slotNode, signals);

  function slotNode(id: number): VNode {
    return h(Slot, { content: () => slotContent(id) }) as VNode;
  }

  /** A slot that its island did not show at first waits in a template. */
  function slotContent(id: number): ComponentChildren {
    if (!slots.has(id)) {
      const template = page.getElementById(slotTemplateId(id)) as HTMLTemplateElement | null;
      slots.set(id, read(template?.content.firstChild ?? null, null));
    }
    return slots.get(id);
  }

  function island(start: Comment, end = endOf(start, Marker.island)): VNode {
    const [index = "", key] = markerParts(start);
    const [component = -1, props = null] = payload.islands[Number(index)] ?? [];
    const type = components[component];
    if (!type) throw new Error(`Cannot revive ${start.data}: the page has no such island`);
    collectSlots(start.nextSibling, end);
    const vnode = h(type, readValue(props) as Record<string, unknown>);
    if (key !== undefined) vnode.key = key;
    // The counter of `useId`, which must start as it did on the server.
    return Object.assign(vnode, { __m: [payload.idPrefix + index, 0] });
  }

  /** Finds the slots anywhere between two siblings. */
  function collectSlots(first: Node | null, last: Node | null): void {
    for (let node = first; node && node !== last;) {
      let next = node.nextSibling;
      if (isMarker(node, Marker.slot)) {
        const end = endOf(node, Marker.slot);
        next = end.nextSibling;
        slots.set(Number(markerParts(node)[0]), read(node.nextSibling, end));
        node.remove();
        end.remove();
      } else collectSlots(node.firstChild, null);
      node = next;
    }
  }

  function read(first: Node | null, last: Node | null): ComponentChild[] {
    const children: ComponentChild[] = [];
    for (let node = first; node && node !== last;) {
      let next: Node | null = node.nextSibling;
      if (isMarker(node, Marker.island)) {
        next = readMarked(node, Marker.island, children);
      } else if (partial && isMarker(node, Marker.partial)) {
        next = readMarked(node, Marker.partial, children);
      } else if (node.nodeType === Node.COMMENT_NODE) {
        (node as Comment).remove();
      } else if (node.nodeType === Node.TEXT_NODE) {
        children.push((node as Text).data);
      } else {
        const element = node as Element;
        children.push(h(element.localName, attributesOf(element), read(element.firstChild, null)));
      }
      node = next;
    }
    return children;
  }

  function readMarked(start: Comment, marker: string, children: ComponentChild[]): ChildNode | null {
    const end = endOf(start, marker);
    if (marker === Marker.island) children.push(island(start, end));
    else children.push(partial?.(markerParts(start)[0] ?? "", read(start.nextSibling, end)));
    const next = end.nextSibling;
    start.remove();
    end.remove();
    return next;
  }

  return { island, content: (start, end) => read(start.nextSibling, end) };
}

/** Shows the markup of a slot wherever the island puts it. */
function Slot({ content }: { content: () => ComponentChildren }): VNode {
  return content() as VNode;
}
