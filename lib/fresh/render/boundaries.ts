import { type ComponentChildren, Fragment, h, type VNode } from "preact";
import { slotTemplateId } from "../client/payload.ts";
import type { RenderState } from "./render_state.ts";
import { comment } from "./vnode.ts";

/** The props of the boundaries: what they mark, and the comments around it. */
interface MarkedProps {
  inner: ComponentChildren;
  open: string;
  close: string;
  after?: VNode;
}

function marked({ inner, open, close, after }: MarkedProps): VNode {
  return h(Fragment, null, [comment(open), inner, comment(close), after]);
}

/** Around an island that the browser revives. Components inside are told by it that they are no islands of their own. */
export function IslandBoundary(props: MarkedProps): VNode {
  return marked(props);
}

/** Around the markup that an island was given and shows. Islands inside are islands again. */
export function SlotBoundary(props: MarkedProps): VNode {
  return marked(props);
}

/** Around a partial. */
export function PartialBoundary(props: MarkedProps): VNode {
  return marked(props);
}

/** Around one entry of the head, which is cut out of the page and put there. */
export function HeadEntry(props: MarkedProps): VNode {
  return marked(props);
}

/** Stands for `<Head>`: elements directly inside are entries of the head. */
export function HeadScope(props: { children: ComponentChildren }): VNode {
  return h(Fragment, null, props.children);
}

/** The props that mark something with a pair of the comments that the browser looks for. */
export function markerProps(
  marker: string,
  parts: (string | number)[],
  inner: ComponentChildren,
): MarkedProps {
  const text = [marker, ...parts.map((part) => encodeURIComponent(part))].join(":");
  return { inner, open: text, close: `/${marker}` };
}

/** The props of {@linkcode HiddenSlots}. */
export interface HiddenSlotsProps {
  state: RenderState;
  firstSlot: number;
}

/** Rendered after an island: leaves the slots that it did not show in templates, for when it does. */
export function HiddenSlots({ state, firstSlot }: HiddenSlotsProps): VNode {
  const hidden = [...state.slots].filter(([, id]) => id >= firstSlot && !state.shownSlots.has(id));
  const templates = hidden.map(([vnode, id]) => {
    const inner = h("template", { id: slotTemplateId(id) }, vnode as unknown as VNode);
    return marked({ inner, open: state.tokens.open("template"), close: state.tokens.close() });
  });
  return h(Fragment, null, templates);
}
