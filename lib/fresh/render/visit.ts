import type { ComponentChildren } from "preact";
import { h } from "preact";
import { Marker } from "../client/payload.ts";
import { Head } from "../runtime/head.ts";
import { Partial, type PartialMode } from "../runtime/partial.ts";
import {
  HeadScope,
  HiddenSlots,
  IslandBoundary,
  markerProps,
  PartialBoundary,
  SlotBoundary,
} from "./boundaries.ts";
import { visitElement } from "./elements.ts";
import type { IslandExport } from "./island_registry.ts";
import type { RenderState } from "./render_state.ts";
import { copyVNode, nearest, type RenderedVNode } from "./vnode.ts";

/** Turns a node, just before it is rendered, into what the page needs: boundaries around islands, nonces and so on. */
export function visit(vnode: RenderedVNode, state: RenderState): void {
  const slot = state.slots.get(vnode);
  // Rendered by anything but the island that was given it (say, by the page as well) a slot is ordinary markup.
  if (slot !== undefined && isInIsland(vnode)) enterSlot(vnode, slot, state);
  else if (typeof vnode.type === "string") visitElement(vnode, vnode.type, state);
  else if (typeof vnode.type === "function") visitComponent(vnode, state);
}

function visitComponent(vnode: RenderedVNode, state: RenderState): void {
  if (vnode.type === Head) vnode.type = HeadScope;
  else if (vnode.type === Partial) enterPartial(vnode, state);
  else {
    const island = state.findIsland(vnode.type);
    if (island && !isInIsland(vnode)) enterIsland(vnode, island, state);
  }
}

/** An island inside of another is a plain component of it; in a slot it is an island again. */
function isInIsland(vnode: RenderedVNode): boolean {
  return nearest(vnode, [IslandBoundary, SlotBoundary])?.type === IslandBoundary;
}

function enterSlot(vnode: RenderedVNode, slot: number, state: RenderState): void {
  state.shownSlots.add(slot);
  const inner = copyVNode(vnode);
  vnode.type = SlotBoundary;
  vnode.props = { ...markerProps(Marker.slot, [slot], inner) };
}

function enterIsland(vnode: RenderedVNode, island: IslandExport, state: RenderState): void {
  const firstSlot = state.slots.size;
  const index = state.addIsland(island, vnode.props);
  const inner = copyVNode(vnode);
  inner.__m = [state.idPrefix + index, 0];
  const key = vnode.key == null ? [] : [String(vnode.key)];
  const after = state.slots.size > firstSlot ? h(HiddenSlots, { state, firstSlot }) : undefined;
  vnode.type = IslandBoundary;
  vnode.props = { ...markerProps(Marker.island, [index, ...key], inner), after };
}

function enterPartial(vnode: RenderedVNode, state: RenderState): void {
  const name = String(vnode.props["name"]);
  const mode = (vnode.props["mode"] ?? "replace") as PartialMode;
  const children = vnode.props["children"] as ComponentChildren;
  const fail = (reason: string) => new Error(`Cannot render partial "${name}": ${reason}`);
  if (nearest(vnode, [IslandBoundary])) throw fail("it is inside an island");
  if (state.partials.has(name)) throw fail("the page has another of this name");
  state.partials.add(name);
  vnode.type = PartialBoundary;
  vnode.props = { ...markerProps(Marker.partial, [name, mode], children) };
}
