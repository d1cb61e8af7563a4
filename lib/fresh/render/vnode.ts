import { Fragment, h, options, type VNode } from "preact";

/**
 * A virtual node as the renderer sees it. Preact's build shortens internal names: `__` is the node that this one is rendered
 * inside, `__m` the counter that `useId` takes ids from.
 */
export interface RenderedVNode {
  type: unknown;
  props: Record<string, unknown>;
  key: unknown;
  __?: RenderedVNode | null;
  __m?: [string, number];
}

/** Preact's hooks that are not in its types: `__b` runs before a node is rendered, `attr` for precompiled attributes. */
interface InternalOptions {
  __b?: (vnode: RenderedVNode) => void;
  attr?: (name: string, value: unknown) => string | void;
}

const hooks = options as unknown as InternalOptions;

/** Whether a value is a virtual node. Its own `constructor: undefined` cannot come out of JSON. */
export function isVNode(value: object): value is RenderedVNode & VNode {
  return Object.hasOwn(value, "constructor") &&
    value.constructor === undefined && "type" in value && "props" in value;
}

/** A copy of a node that renders the same. */
export function copyVNode(vnode: RenderedVNode): RenderedVNode & VNode {
  return { ...vnode } as RenderedVNode & VNode;
}

/** The nearest node around one that is of any of these types. */
export function nearest(vnode: RenderedVNode, types: unknown[]): RenderedVNode | undefined {
  for (let outer = vnode.__; outer; outer = outer.__) if (types.includes(outer.type)) return outer;
}

/** An HTML comment. */
export function comment(text: string): VNode {
  return h(Fragment, { UNSTABLE_comment: text } as object);
}

/**
 * Calls `visit` before each node is rendered while `render` runs. What it changes of a node's type and props is undone afterwards,
 * since a node may be a constant of its module and be rendered for every request.
 */
export function withVNodeHook<T>(visit: (vnode: RenderedVNode) => void, render: () => T): T {
  const previous = hooks.__b;
  const changed = new Map<RenderedVNode, Pick<RenderedVNode, "type" | "props">>();
  const visitOnce = (vnode: RenderedVNode) => {
    const original = changed.get(vnode);
    if (original) Object.assign(vnode, original);
    const { type, props } = vnode;
    visit(vnode);
    if (vnode.type !== type || vnode.props !== props) changed.set(vnode, { type, props });
  };
  hooks.__b = (vnode) => {
    // A signal poses as a node, but has its type from its prototype and cannot be changed.
    if (Object.hasOwn(vnode, "type")) visitOnce(vnode);
    previous?.(vnode);
  };
  try {
    return render();
  } finally {
    if (previous) hooks.__b = previous;
    else delete hooks.__b;
    for (const [vnode, original] of changed) Object.assign(vnode, original);
  }
}

/** Calls `attribute` for each dynamic attribute of precompiled markup; text that it returns replaces the attribute. */
export function onPrecompiledAttribute(
  attribute: (name: string, value: unknown) => string | undefined,
): void {
  const previous = hooks.attr;
  hooks.attr = (name, value) => attribute(name, value) ?? previous?.(name, value);
}
