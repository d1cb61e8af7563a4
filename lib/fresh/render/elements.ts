import { asset, assetSrcSet } from "../runtime/asset.ts";
import { HeadEntry, HeadScope } from "./boundaries.ts";
import type { RenderState } from "./render_state.ts";
import { comment, copyVNode, type RenderedVNode } from "./vnode.ts";

type Props = Record<string, unknown>;

const HEAD_TAGS = new Set(["title", "meta", "link", "style", "script", "base", "noscript", "template"]);
const SKELETON_TAGS = new Set(["html", "head", "body"]);

/** Prepares an element: entries of the head, the skeleton of the document, and attributes that the page decides. */
export function visitElement(vnode: RenderedVNode, tag: string, state: RenderState): void {
  if (HEAD_TAGS.has(tag) && isInHead(vnode)) return enterHeadEntry(vnode, state);
  const changes = changedProps(vnode.props, tag, state);
  const props = changes ? { ...vnode.props, ...changes } : vnode.props;
  if (SKELETON_TAGS.has(tag) && !state.skeleton.has(tag)) enterSkeleton(vnode, tag, props, state);
  else vnode.props = props;
}

/** `html`, `head` and `body` get places where what they lack is put later. */
function enterSkeleton(
  vnode: RenderedVNode,
  tag: string,
  props: Props,
  { skeleton, tokens }: RenderState,
): void {
  skeleton.add(tag);
  const end = comment(tokens.place(`${tag}-end`));
  if (tag !== "head") {
    vnode.props = { ...props, children: [comment(tokens.place(`${tag}-start`)), props["children"], end] };
    return;
  }
  const inner = copyVNode(vnode);
  Object.assign(inner, { props: { ...props, children: [props["children"], end] } });
  vnode.type = HeadEntry;
  vnode.props = { inner, open: tokens.open("head"), close: tokens.close() };
}

function enterHeadEntry(vnode: RenderedVNode, { headKeys, tokens }: RenderState): void {
  const inner = copyVNode(vnode);
  const name = `entry${headKeys.size}`;
  headKeys.set(name, vnode.key != null ? `key ${vnode.key}` : vnode.type === "title" ? "title" : "");
  // The browser finds it by the key when client navigation brings another.
  if (vnode.key != null) Object.assign(inner, { props: { ...vnode.props, "data-key": String(vnode.key) } });
  vnode.type = HeadEntry;
  vnode.props = { inner, open: tokens.open(name), close: tokens.close() };
}

/** Entries of the head are the elements whose nearest element around is `<head>`, or that are in a `<Head>`. */
function isInHead(vnode: RenderedVNode): boolean {
  for (let outer = vnode.__; outer; outer = outer.__) {
    if (outer.type === HeadEntry) return false;
    if (outer.type === HeadScope) return true;
    if (typeof outer.type === "string") return outer.type === "head";
  }
  return false;
}

function changedProps(props: Props, tag: string, { nonce }: RenderState): Props | undefined {
  // Preact leaves out an attribute that is false, but here false means something.
  const navigation = props["f-client-nav"];
  if (typeof navigation === "boolean") return { "f-client-nav": String(navigation) };
  const isInline = tag === "style" || (tag === "script" && props["src"] == null);
  if (isInline && props["nonce"] == null) return { nonce };
  const isAsset = tag === "img" || tag === "source";
  return isAsset && !("data-fresh-disable-lock" in props) ? withAssetKeys(props) : undefined;
}

function withAssetKeys(props: Props): Props {
  const changed: Props = {};
  if (typeof props["src"] === "string") changed["src"] = asset(props["src"]);
  for (const name of ["srcset", "srcSet"]) {
    const value = props[name];
    if (typeof value === "string") changed[name] = assetSrcSet(value);
  }
  return changed;
}
